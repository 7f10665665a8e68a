#!/bin/sh
# Runs as root after the files of the package are gone; on an upgrade too, where the new version has just put its own in place.
set -e

case "$1" in
  upgrade | failed-upgrade | abort-install | abort-upgrade) exit 0 ;;
esac

profile='/etc/apparmor.d/${executable}'

if [ -L '/usr/bin/${executable}' ]; then
  rm -f '/usr/bin/${executable}'
fi

if [ -f "$profile" ]; then
  # Unloaded first: without its file a loaded profile could not be named to the parser any more.
  if aa-enabled --quiet 2>/dev/null; then
    apparmor_parser --remove "$profile" || true
  fi
  rm -f "$profile"
fi

if command -v update-desktop-database >/dev/null 2>&1; then
  update-desktop-database -q /usr/share/applications || true
fi
