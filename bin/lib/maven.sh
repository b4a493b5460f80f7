# Sourced by bin/run and bin/test: which Maven builds what, and whether the Jenkins layer can be built here.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
readonly root

# What the parent POM asks for at least, and what is taken where the machine's Maven is older.
readonly oldest_maven_for_jenkins=3.9.6
readonly newer_maven=3.9.11
readonly dependency_plugin=org.apache.maven.plugins:maven-dependency-plugin:3.11.0

if ! command -v mvn > /dev/null; then
    echo "Maven is missing: install it, 3.8 or later, so that the command mvn is found." >&2
    exit 1
fi

build() {
    mvn --batch-mode --no-transfer-progress -Dstyle.color=never "$@"
}

# The engine needs nothing but Maven Central, and runs with the machine's Maven.
build_engine() {
    build --file "$root/engine/pom.xml" "$@"
}

# Succeeds where the plugin's parent POM resolves; else $why_no_jenkins says why it does not. Any other trouble is left to
# the build itself, where it is a failure.
jenkins_resolves() {
    local log
    if log=$(cd "$root" && build --quiet --non-recursive "$dependency_plugin:help" 2>&1); then
        return 0
    fi
    case $log in
        *"Non-resolvable parent POM"* | *"Extension "*" could not be resolved"*) ;;
        *) return 0 ;;
    esac
    why_no_jenkins=$(printf '%s\n' "$log" \
        | sed -n -e "s/ and 'parent.relativePath' points.*//" -e 's/.*\(Could not [a-z]* artifact .*\)/\1/p' \
            -e 's/.*\(Cannot access .*\)/\1/p' \
        | head -n 1)
    : "${why_no_jenkins:=the parent POM does not resolve}"
    return 1
}

# Maven for the plugin, with the arguments given, in the project's folder.
build_plugin() {
    local maven
    maven=$(maven_for_jenkins)
    (cd "$root" && "$maven" --batch-mode --no-transfer-progress -Dstyle.color=never "$@")
}

maven_for_jenkins() {
    local version home download
    version=$(mvn --version -Dstyle.color=never | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')
    if [ "$(printf '%s\n' "$oldest_maven_for_jenkins" "$version" | sort -V | head -n 1)" = "$oldest_maven_for_jenkins" ]; then
        command -v mvn
        return
    fi
    home=${XDG_CACHE_HOME:-$HOME/.cache}/ssl-manager/apache-maven-$newer_maven
    if [ ! -x "$home/bin/mvn" ]; then
        mkdir -p "${home%/*}"
        download=$(mktemp -d "${home%/*}/download.XXXXXX")
        build_engine --quiet "$dependency_plugin:copy" -DoutputDirectory="$download" \
            -Dartifact="org.apache.maven:apache-maven:$newer_maven:tar.gz:bin" >&2
        tar -xzf "$download/apache-maven-$newer_maven-bin.tar.gz" -C "$download"
        mv "$download/apache-maven-$newer_maven" "$home"
        rm -r "$download"
    fi
    echo "$home/bin/mvn"
}

# Runs a class of the engine's tests, compiled anew only where something has changed.
run_engine_tool() {
    local class=$1 target=$root/engine/target classpath
    shift
    classpath=$target/tools.classpath
    if [[ ! -f $classpath || -n $(find "$root/src" "$root/engine/pom.xml" -newer "$classpath" -print -quit) ]]; then
        build_engine --quiet test-compile "$dependency_plugin:build-classpath" \
            -Dmdep.includeScope=test -Dmdep.outputFile="$classpath" >&2
    fi
    exec java -cp "$target/test-classes:$target/classes:$(< "$classpath")" \
        "io.jenkins.plugins.sslmanager.engine.$class" "$@"
}
