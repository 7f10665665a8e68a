fetch('https://elsewhere.example/').then(async (response) => postMessage([response.status, await response.text()]))
