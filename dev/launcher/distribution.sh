# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The built jars, outside the repository: one folder per state of the sources, so that another clone
# with the same sources, or going back to an older commit, builds nothing.
#
#   dist/<hash>/lib/            the programs of dev/: demo, benchmarks, control plane
#   dist/<hash>/cli/            heal8s edit, apart, because people run it in loops
#   dist/<hash>/services/NAME/  NAME.jar with its lib/, jvm.options, and app.aot, its start-up cache

suite='alert-gateway remediation-operator github-pr-service graphql-monitor'
services="$suite resource-controller"
tools='dev/control-plane dev/demo dev/bench'
programs='etcd kube-apiserver kube-controller-manager kube-scheduler kwok helm alertmanager'

# build_distribution [SERVICE...]: makes it if it is absent and sets HEAL8S_DIST. Start-up caches are
# made for the services that are named, so that a command does not wait for those it does not start.
build_distribution() {
  local dist
  dist=$cache/dist/$(source_hash)
  export HEAL8S_DIST=$dist/services
  if [ ! -d "$dist" ]; then
    hold_lock "$cache/dist/.lock"
    [ -d "$dist" ] || build_jars "$dist"
    release_lock "$cache/dist/.lock"
  fi
  touch "$dist"
  make_start_caches "$dist" "$@"
  await_programs
}

# services_of_demo [ARGUMENT...]: those that a story of the demo starts.
services_of_demo() {
  case ${1:-} in
    graphql) printf 'remediation-operator graphql-monitor' ;;
    *) printf 'alert-gateway remediation-operator github-pr-service' ;;
  esac
}

# A hash of everything that goes into a jar, and of the JDK, to which the start-up caches belong.
source_hash() {
  (
    cd "$root"
    git ls-files -z -co --exclude-standard -- pom.xml '*/pom.xml' '*/src/main/*' 'dev/*/go/*' charts deploy dev/launcher |
      while IFS= read -r -d '' file; do
        # A file that is deleted but not yet committed so is still listed.
        [ ! -f "$file" ] || printf '%s\n' "$file"
      done | sort -u >"$(scratch)/sources"
    {
      cat "$(scratch)/sources" "$JAVA_HOME/release"
      git hash-object --stdin-paths <"$(scratch)/sources"
    } | git hash-object --stdin | cut -c 1-16
  )
}

scratch() {
  printf '%s\n' "$scratch_folder"
}

scratch_folder=$(mktemp -d "${TMPDIR:-/tmp}/heal8s-launcher-XXXXXX")
trap 'rm -rf "$scratch_folder"' EXIT
programs_group=
training_group=

build_jars() {
  local dist=$1 work=$1.building module service
  require_maven_version
  rm -rf "$work"
  mkdir -p "$work/lib" "$work/cli" "$work/services"
  remove_old_jars
  if [ -n "$with_programs" ] && programs_are_missing; then
    build_programs_beside
  fi
  with_progress "building the jars (once per state of the sources, about 1 min)" \
    "$cache/dist/build.log" package_modules || exit 1
  for module in $tools; do
    collect_tool "$root/$module" "$work/lib"
  done
  collect_tool "$root/cli" "$work/cli"
  for service in $services; do
    unpack_service "$service" "$work/services/$service"
  done
  mv "$work" "$dist"
  forget_old_distributions
}

# A jar of an earlier build must not be taken for one of this build.
remove_old_jars() {
  local module
  for module in $tools cli $services; do
    rm -rf "$root/$module"/target/*.jar "$root/$module/target/runtime-lib"
  done
}

# Whether a first build is ahead; a program whose pins changed is built by whoever asks for it.
programs_are_missing() {
  local program
  for program in $programs; do
    compgen -G "$cache/bin/$program-*/$program" >/dev/null || return 0
  done
  return 1
}

# Compilers of Java leave half of a second core idle, so the Go programs are built at the same time,
# under a guard as in processes.sh. What goes wrong here is told by the command that needs the
# program, which tries again.
build_programs_beside() {
  with_progress "building what builds the Go programs" "$cache/dist/build.log" \
    package dev/control-plane || exit 1
  exec 8> >(guard >/dev/null 2>&1)
  set -m
  "$JAVA_HOME/bin/java" -cp "$root/dev/control-plane/target/classes:$root/dev/control-plane/target/runtime-lib/*" \
    io.heal8s.dev.controlplane.ControlPlaneMain build >"$cache/programs.log" 2>&1 </dev/null 8>&- &
  programs_group=$!
  set +m
  printf '%s\n' "$programs_group" >&8
}

# Says every 20 seconds which program is being built.
await_programs() {
  local next=$SECONDS
  if [ -z "$programs_group" ]; then
    return 0
  fi
  while kill -0 "$programs_group" 2>/dev/null; do
    if [ "$SECONDS" -ge "$next" ] && [ -s "$cache/programs.log" ]; then
      say "$(tail -n 1 "$cache/programs.log")"
      next=$((SECONDS + 20))
    fi
    sleep 0.2
  done
  printf 'ended\n' >&8
  exec 8>&-
  programs_group=
}

package_modules() {
  local list='' module
  for module in $services cli $tools; do
    if [ -f "$root/$module/pom.xml" ]; then
      list=$list,$module
    fi
  done
  package "${list#,}"
}

package() {
  (cd "$root" && mvn -B -ntp -q -T 1C -Pdistribution package -Dmaven.test.skip=true -Dspotless.check.skip=true \
    -pl "$1" -am </dev/null) # standard input is for the command that is being built
}

collect_tool() {
  local target=$1/target lib=$2 jar
  for jar in "$target"/runtime-lib/*.jar "$target"/heal8s-*.jar; do
    case $jar in
      *'*'* | *-boot.jar) ;;
      *) cp "$jar" "$lib/" ;;
    esac
  done
}

# The layout that Spring Boot recommends for a fast start, and that a start-up cache needs.
unpack_service() {
  local service=$1 folder=$2 jar options
  jar=$(compgen -G "$root/$service/target/*-boot.jar" || true)
  if [ -z "$jar" ]; then
    return 0
  fi
  "$JAVA_HOME/bin/java" -Djarmode=tools -jar "$jar" extract --force \
    --destination "$folder" --application-filename "$service.jar" >/dev/null
  options=$root/dev/launcher/$service.jvm.options
  [ -f "$options" ] || options=$root/dev/launcher/service.jvm.options
  cp "$options" "$folder/jvm.options"
}

# JDK 25 records the classes that a start loads and links, and starts from that record afterwards.
# The training start ends when the service has answered its first probes; it finds no API server.
make_start_caches() {
  local dist=$1 service
  local -a missing=()
  shift
  find_missing_caches "$dist" "$@"
  if [ ${#missing[@]} -gt 0 ]; then
    with_progress "making the start-up caches of ${missing[*]} (once, about 20 s each)" "$dist/training.log" \
      train_two_at_a_time "$dist" "${missing[@]}"
    for service in "${missing[@]}"; do
      if [ ! -f "$dist/services/$service/app.aot" ]; then
        # It only starts more slowly without.
        say "$service has no start-up cache; the reason is in $dist/services/$service/training.log"
      fi
    done
  fi
}

# Sets the caller's array missing, and puts down what a training start needs.
find_missing_caches() {
  local dist=$1 service folder
  shift
  for service in "$@"; do
    folder=$dist/services/$service
    if [ -f "$folder/$service.jar" ] && [ ! -f "$folder/app.aot" ] && [ ! -f "$folder/app.aot.failed" ]; then
      missing+=("$service")
    fi
  done
  if [ ${#missing[@]} -gt 0 ]; then
    training_kubeconfig >"$(scratch)/kubeconfig"
    printf 'training-token-0123456789\n' >"$(scratch)/token"
  fi
}

# The same while something else runs, one after the other and under a guard as in processes.sh; a
# service that is started before its cache is there only starts more slowly.
make_start_caches_beside() {
  local dist=$1
  local -a missing=()
  shift
  find_missing_caches "$dist" "$@"
  if [ ${#missing[@]} -eq 0 ]; then
    return 0
  fi
  say "making the start-up caches of ${missing[*]} beside it (once)"
  exec 7> >(guard >/dev/null 2>&1)
  set -m
  train_one_by_one "$dist" "${missing[@]}" >"$dist/training.log" 2>&1 </dev/null 7>&- &
  training_group=$!
  set +m
  printf '%s\n' "$training_group" >&7
}

# Whoever waited for something else does not wait for this.
end_start_caches_beside() {
  if [ -z "$training_group" ]; then
    return 0
  fi
  kill -0 "$training_group" 2>/dev/null || printf 'ended\n' >&7
  exec 7>&-
  training_group=
}

train_one_by_one() {
  local dist=$1 service
  shift
  for service in "$@"; do
    train "$service" "$dist/services/$service"
  done
}

# One start leaves a second core half idle.
train_two_at_a_time() {
  local dist=$1 service running=0
  shift
  for service in "$@"; do
    if [ $running -eq 2 ]; then
      wait -n
      running=1
    fi
    train "$service" "$dist/services/$service" &
    running=$((running + 1))
  done
  wait
}

train() {
  local service=$1 folder=$2
  hold_lock "$folder/.lock"
  if [ ! -f "$folder/app.aot" ]; then
    if training_start "$service" "$folder" >"$folder/training.log" 2>&1 && [ -f "$folder/app.aot.new" ]; then
      mv "$folder/app.aot.new" "$folder/app.aot"
    else
      touch "$folder/app.aot.failed"
    fi
  fi
  release_lock "$folder/.lock"
}

training_start() {
  local service=$1 folder=$2 argument
  local -a arguments=()
  if [ -f "$root/dev/launcher/training/$service.args" ]; then
    while IFS= read -r argument; do
      arguments+=("${argument//@scratch@/$scratch_folder}")
    done < <(grep -v '^#' "$root/dev/launcher/training/$service.args")
  fi
  cd "$scratch_folder"
  # The cache is written by a second JVM, which needs more room than the service does. Only the quick
  # compiler: profiles made for the full one would have it compile what is hot in a start at each
  # later start, beside the start itself.
  KUBECONFIG=$scratch_folder/kubeconfig JDK_AOT_VM_OPTIONS='-Xmx1g' \
    "$JAVA_HOME/bin/java" "@$folder/jvm.options" -XX:TieredStopAtLevel=1 \
    "-XX:AOTCacheOutput=$folder/app.aot.new" -Dheal8s.training-start=true -jar "$folder/$service.jar" \
    ${arguments[@]+"${arguments[@]}"}
}

training_kubeconfig() {
  cat <<'YAML'
apiVersion: v1
kind: Config
clusters: [{name: none, cluster: {server: "https://127.0.0.1:1"}}]
users: [{name: none, user: {token: none}}]
contexts: [{name: none, context: {cluster: none, user: none}}]
current-context: none
YAML
}

# The three that were used last stay.
forget_old_distributions() {
  local old
  # shellcheck disable=SC2012 # the names are hashes of ours
  ls -td "$cache"/dist/*/ 2>/dev/null | tail -n +4 | while IFS= read -r old; do
    rm -rf "$old"
  done
}

# hold_lock FOLDER: waits until no living launcher holds it.
hold_lock() {
  local told='' holder
  mkdir -p "$(dirname "$1")"
  until mkdir "$1" 2>/dev/null; do
    holder=$(cat "$1/pid" 2>/dev/null || true)
    # Its holder is dead, or died before it could write who it is.
    if { [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; } ||
      { [ -z "$holder" ] && [ -n "$(find "$1" -maxdepth 0 -mmin +1 2>/dev/null)" ]; }; then
      rm -rf "$1"
      continue
    fi
    [ -n "$told" ] || say "waiting for another ./heal8s to finish building"
    told=yes
    sleep 1
  done
  printf '%s\n' $$ >"$1/pid"
}

release_lock() {
  rm -rf "$1"
}
