// What `electron` means in a utility process. Electron offers `net` and little more there; the app under test uses none of it.
export {}
throw new Error('a utility process of the stand-in has no electron module; process.parentPort is there')
