const names = ['require', 'module', 'process', 'ipcRenderer', '__ballastStandinSend', '__ballastStandinReceive']

// What the page can see is decided before its first script runs.
window.seenAtStart = {
  host: window.fixture?.host,
  reachable: names.filter((name) => name in window),
}
