# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Nothing that the launcher starts outlives it: not after Ctrl-C, TERM or HUP, not after KILL.

supervised=''

# supervise COMMAND...: starts it in a process group of its own, because what a build tool starts
# must end with it, and sets $supervised to its process id. Exactly one await_supervised must follow.
supervise() {
  trap 'interrupted 130' INT
  trap 'interrupted 143' TERM
  trap 'interrupted 129' HUP
  # The guard reads a pipe whose only writing end is held by this shell; the kernel closes that
  # however this shell ends.
  exec 9> >(guard >/dev/null 2>&1)
  set -m
  "$@" 9>&- &
  supervised=$!
  set +m
  printf '%s\n' "$supervised" >&9
}

# Returns the exit code of what supervise started, when that has ended.
await_supervised() {
  local code=0
  wait "$supervised" 2>/dev/null || code=$?
  printf 'ended\n' >&9
  exec 9>&-
  trap - INT TERM HUP
  return "$code"
}

interrupted() {
  trap '' INT TERM HUP
  exec 9>&-
  wait "$supervised" 2>/dev/null || true
  exit "$1"
}

guard() {
  local group waited=0
  trap '' INT TERM HUP
  read -r group || return 0
  if read -r _; then
    return 0
  fi
  kill -TERM -- "-$group"
  while kill -0 -- "-$group"; do
    if [ "$waited" -ge 50 ]; then
      kill -KILL -- "-$group"
      return 0
    fi
    sleep 0.1
    waited=$((waited + 1))
  done
}
