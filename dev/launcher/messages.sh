# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What the launcher says; all of it on standard error, so that standard output is the command's own.

say() {
  printf 'heal8s: %s\n' "$*" >&2
}

fail() {
  say "$@"
  exit 1
}

# with_progress LABEL LOG COMMAND...: runs a long command with its output in a file and says every
# 20 seconds that it still runs. If it fails, shows the end of that file and returns its exit code.
with_progress() {
  local label=$1 log=$2 start=$SECONDS next=20 code=0
  shift 2
  say "$label"
  supervise "$@" >"$log" 2>&1 </dev/null
  while kill -0 "$supervised" 2>/dev/null; do
    sleep 0.2
    if [ $((SECONDS - start)) -ge "$next" ]; then
      say "$label … $((SECONDS - start)) s"
      next=$((next + 20))
    fi
  done
  await_supervised || code=$?
  if [ "$code" -ne 0 ]; then
    tail -n 40 "$log" >&2
    say "failed ($code): $label; all of its output is in $log"
  fi
  return "$code"
}
