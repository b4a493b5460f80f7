# Sourced by bin/run and bin/pictures, after lib/maven.sh: the Jenkins with a sandbox account and demo jobs.
# shellcheck shell=bash

# With the account and the jobs of the folder demo. Takes the place of the shell. $1 is the folder for Jenkins' state, the rest are
# Maven's arguments.
exec_demo_jenkins() {
    local maven home=$1
    shift
    maven=$(maven_for_jenkins)
    cd "$root"
    mkdir -p "$home/init.groovy.d"
    cp demo/jobs.groovy "$home/init.groovy.d/"
    export CASC_JENKINS_CONFIG=$root/demo/jenkins.yaml SSL_MANAGER_DEMO=$root/demo
    exec "$maven" --batch-mode --no-transfer-progress hpi:run -Dhost=127.0.0.1 -DjenkinsHome="$home" "$@"
}
