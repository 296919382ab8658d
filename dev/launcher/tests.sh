# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# ./heal8s test: the programs, the npm packages, then every module's tests by Maven.

# run_tests [MAVEN ARGUMENT...]
run_tests() {
  local start=$SECONDS
  # shellcheck disable=SC2086 # a list of names
  build_distribution $services
  say "jars: $((SECONDS - start)) s"
  start=$SECONDS
  supervise "$JAVA_HOME/bin/java" -cp "$HEAL8S_DIST/../lib/*" io.heal8s.dev.controlplane.ControlPlaneMain build </dev/null
  await_supervised
  say "Go programs: $((SECONDS - start)) s"
  install_npm_packages
  cd "$root"
  rm -rf "$scratch_folder"
  exec mvn -B -ntp -fae verify "$@"
}

# The descriptions of GitHub's interfaces; from the committed lock file, into the cache.
install_npm_packages() {
  local pins=$root/dev/test-kit/npm folder
  if [ ! -f "$pins/package-lock.json" ]; then
    return 0
  fi
  folder=$cache/npm/$(cat "$pins/package.json" "$pins/package-lock.json" | git hash-object --stdin | cut -c 1-16)
  export HEAL8S_NPM=$folder/node_modules
  if [ ! -f "$folder/complete" ]; then
    rm -rf "$folder"
    mkdir -p "$folder"
    cp "$pins/package.json" "$pins/package-lock.json" "$folder/"
    with_progress "installing the npm packages (once)" "$folder/npm.log" \
      npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund || exit 1
    touch "$folder/complete"
  fi
}
