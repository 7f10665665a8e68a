#!/bin/sh
# Takes the command line of Electron's executable and runs the app on Node and Chromium instead. See README.md beside it.
here=$(cd "$(dirname "$0")" && pwd)
node="$here/../../node_modules/.bin/node"
if [ ! -x "$node" ]; then
  echo "electron.sh: no Node in node_modules/.bin; run npm ci first" >&2
  exit 127
fi
inspect=
for argument in "$@"; do
  case "$argument" in
    --inspect | --inspect=* | --inspect-brk | --inspect-brk=*) inspect=$argument ;;
  esac
done
exec "$node" ${inspect:+"$inspect"} --disable-warning=ExperimentalWarning "$here/start.ts" "$@"
