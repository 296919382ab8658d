# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# ./heal8s test: the programs, the npm packages, then every module's tests by Maven.

# What tests start so often that its start-up cache saves more than it costs.
often_started='alert-gateway remediation-operator github-pr-service resource-controller'

# run_tests [MAVEN ARGUMENT...]: with the exit code of Maven.
run_tests() {
  local start=$SECONDS code=0 begun
  begun=$(scratch)/begun
  touch "$begun"
  build_distribution
  say "jars: $((SECONDS - start)) s"
  start=$SECONDS
  supervise "$JAVA_HOME/bin/java" -cp "$HEAL8S_DIST/../lib/*" io.heal8s.dev.controlplane.ControlPlaneMain build </dev/null
  await_supervised
  say "Go programs: $((SECONDS - start)) s"
  install_npm_packages
  start=$SECONDS
  cd "$root"
  if needs_services "$*"; then
    # shellcheck disable=SC2086 # a list of names
    make_start_caches_beside "$(dirname "$HEAL8S_DIST")" $often_started
  fi
  # More modules side by side than there are cores, because tests wait more than they compute. The services that tests start
  # are those of the distribution, so Maven packs no second ones.
  supervise mvn -B -ntp -fae -T 1.5C verify -Dspring-boot.repackage.skip=true "$@" </dev/null
  await_supervised || code=$?
  end_start_caches_beside
  tell_failed_tests "$root" "$begun"
  say "tests: $((SECONDS - start)) s"
  return "$code"
}

# tell_failed_tests FOLDER FILE: what failed in the reports below the folder that are newer than the file. Modules run
# side by side, so Maven's own lines about it are far above the end of its output.
tell_failed_tests() {
  find "$1" -path '*/target/surefire-reports/*.txt' -newer "$2" -exec awk '
    / -- Time elapsed: .* <<< (FAILURE|ERROR)!$/ {
      sub(/ -- Time elapsed.*/, "")
      printf "heal8s: failed: %s\n", $0
      shown = 4
      next
    }
    shown > 0 && NF > 0 { printf "    %s\n", substr($0, 1, 300); shown-- }
  ' {} + >&2
}

# Whether tests that start whole services are among those that Maven is asked for.
needs_services() {
  case $1 in
    *dev/e2e* | *heal8s-e2e* | *dev/bench* | *heal8s-bench*) return 0 ;;
    *-pl* | *--projects*) return 1 ;;
  esac
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
