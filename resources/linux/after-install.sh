#!/bin/sh
# Runs as root after the files of the package are in place. The names in braces are filled in when the package is built.
set -e

app='/opt/${sanitizedProductName}'
program="$app/${executable}"
profile='/etc/apparmor.d/${executable}'

ln -sf "$program" '/usr/bin/${executable}'

# Chromium's sandbox needs user namespaces or, on a kernel that refuses them to everybody, the setuid helper. A trial run
# of unshare would tell nothing here: root may always.
read_setting() { cat "$1" 2>/dev/null || echo 1; }
unprivileged="$(read_setting /proc/sys/kernel/unprivileged_userns_clone)"
at_most="$(read_setting /proc/sys/user/max_user_namespaces)"
if [ "$unprivileged" = 0 ] || [ "$at_most" = 0 ]; then
  chmod 4755 "$app/chrome-sandbox"
else
  chmod 0755 "$app/chrome-sandbox"
fi

# Where this AppArmor cannot read the profile (before 4.0) there is no restriction to lift either.
packed="$app/resources/apparmor-profile"
if apparmor_parser --skip-kernel-load --skip-cache "$packed" >/dev/null 2>&1; then
  cp "$packed" "$profile"
  chmod 0644 "$profile"
  # In a chroot or container without AppArmor the file is enough: it is loaded at the next start.
  if aa-enabled --quiet 2>/dev/null; then
    apparmor_parser --replace --write-cache --skip-read-cache "$profile" ||
      echo "Ballast: the AppArmor profile will be loaded at the next start" >&2
  fi
fi

if command -v update-desktop-database >/dev/null 2>&1; then
  update-desktop-database -q /usr/share/applications || true
fi
