# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# ./heal8s up resource-controller: the one service that needs no cluster, alone.

resource_controller_usage() {
  cat <<'TEXT'
usage: ./heal8s up resource-controller [--auth jwt|none] [--port N] [--data DIR]

  --auth   jwt (default): users log in; none: whoever reaches it is its administrator
  --port   of the REST interface, default 8000; 0 for any free one
  --data   where the database that comes with it is kept, default ~/.heal8s/resource-controller

Every setting of docs/spec/resource-controller.md is taken from the environment as well.
TEXT
}

run_resource_controller() {
  local folder=$HEAL8S_DIST/resource-controller option
  local -a arguments=() java=()
  while [ $# -gt 0 ]; do
    option=$1
    case $option in
      -h | --help)
        resource_controller_usage
        return 0
        ;;
      --auth | --port | --data)
        if [ $# -lt 2 ]; then
          printf 'heal8s: %s needs a value\n' "$option" >&2
          return 2
        fi
        ;;
      *)
        printf 'heal8s: resource-controller has no option %s\n\n' "$option" >&2
        resource_controller_usage >&2
        return 2
        ;;
    esac
    case $option in
      --auth) arguments+=("--AUTH=$2") ;;
      --port) arguments+=("--API_PORT=$2") ;;
      --data) arguments+=("--DATA_DIR=$(realpath -m -- "$2")") ;;
    esac
    shift 2
  done
  # Alone on a machine nobody looks for its management pages at a fixed place; several can run.
  [ -n "${HEAL8S_MANAGEMENT_PORT:-}" ] || arguments+=("--heal8s.management.port=0")
  # For a person at a terminal, text; who collects logs asks for another format.
  [ -n "${LOGGING_STRUCTURED_FORMAT_CONSOLE:-}" ] || arguments+=("--logging.structured.format.console=")
  java=("$JAVA_HOME/bin/java" "@$folder/jvm.options" -Xmx512m)
  [ ! -f "$folder/app.aot" ] || java+=("-XX:AOTCache=$folder/app.aot")
  rm -rf "$scratch_folder"
  exec "${java[@]}" -jar "$folder/resource-controller.jar" ${arguments[@]+"${arguments[@]}"}
}
