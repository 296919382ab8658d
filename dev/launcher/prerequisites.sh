# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What a machine must have. Everything that is missing is told at once, one line each.

cache=${XDG_CACHE_HOME:-$HOME/.cache}/heal8s

# require NAME...: checks each of jdk, maven, git, cluster, npm; ends the launcher if one is missing.
require() {
  local name missing=0
  for name in "$@"; do
    "require_$name" || missing=1
  done
  if [ "$missing" -ne 0 ]; then
    exit 1
  fi
}

require_jdk() {
  local home
  while IFS= read -r home; do
    if is_jdk "$home"; then
      export JAVA_HOME=$home
      return 0
    fi
  done < <(jdk_places)
  say "missing: a JDK 25 or newer. Install one (Temurin 25, your system's openjdk-25), or set JAVA_HOME to where it is."
  return 1
}

# A JDK tells its version in a file, so none needs to be started to ask.
is_jdk() {
  [ -x "$1/bin/javac" ] && grep -qE '^JAVA_VERSION="(2[5-9]|[3-9][0-9])' "$1/release" 2>/dev/null
}

jdk_places() {
  local place
  if [ -n "${JAVA_HOME:-}" ]; then
    printf '%s\n' "$JAVA_HOME"
  fi
  if [ -x /usr/libexec/java_home ]; then
    /usr/libexec/java_home -v 25+ 2>/dev/null || true
  fi
  for place in /usr/lib/jvm/* /opt/java/* /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    printf '%s\n' "$place"
  done
  if command -v java >/dev/null; then
    java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
  fi
}

maven='Maven 3.8.6 or newer'

require_maven() {
  command -v mvn >/dev/null && return 0
  say "missing: $maven. Install your system's package maven, and put mvn on the PATH."
  return 1
}

# Asked where Maven is about to run: it takes as long to say its version as a whole heal8s edit.
require_maven_version() {
  local version
  # "Apache Maven 3.8.7 (...)"
  version=$(mvn -B --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' | head -n 1)
  is_at_least 3.8.6 "$version" ||
    fail "missing: $maven; the mvn on the PATH is ${version:-of no version that it would say}. Install a newer one."
}

# is_at_least WANTED VERSION: both of up to three numbers with dots between them.
is_at_least() {
  local -a wanted found
  local i
  IFS=. read -r -a wanted <<<"$1"
  IFS=. read -r -a found <<<"$2"
  for i in 0 1 2; do
    if [ "${found[i]:-0}" -ne "${wanted[i]:-0}" ]; then
      [ "${found[i]:-0}" -gt "${wanted[i]:-0}" ]
      return
    fi
  done
}

require_git() {
  command -v git >/dev/null && return 0
  say "missing: git. Install your system's package git."
  return 1
}

require_npm() {
  command -v npm >/dev/null && return 0
  say "missing: npm (the tests check stand-ins against descriptions that are npm packages). Install your system's package npm."
  return 1
}

# Something to run a Kubernetes API server with. Where Go can build one, the command will need the
# programs, and with_programs says so.
with_programs=
require_cluster() {
  case ${HEAL8S_CLUSTER:-} in
    kubeconfig:* | k3s) return 0 ;;
  esac
  if has_go; then
    with_programs=yes
    return 0
  fi
  if compgen -G "$cache/bin/kube-apiserver-*" >/dev/null || docker_answers; then
    return 0
  fi
  say "missing: Go 1.26 or newer, to build a Kubernetes API server (once). Install it and put go on the PATH; or start a container engine; or set HEAL8S_CLUSTER=kubeconfig:PATH."
  return 1
}

has_go() {
  local go version minor
  for go in "$(command -v go || true)" /usr/local/go/bin/go /opt/homebrew/bin/go /usr/lib/go/bin/go; do
    if [ -x "$go" ]; then
      version=$(GOTOOLCHAIN=local "$go" version 2>/dev/null | sed -n 's/.*go1\.\([0-9]*\).*/\1/p')
      minor=${version:-0}
      [ "$minor" -ge 26 ] && return 0
      return 1
    fi
  done
  return 1
}

docker_answers() {
  command -v docker >/dev/null && docker version >/dev/null 2>&1
}
