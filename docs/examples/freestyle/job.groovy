// For the Job DSL plugin. ./deploy stands for what brings the folder's files and the key into use.
freeStyleJob('rotate-www') {
    label('web')
    triggers {
        cron('H 3 * * *')
    }
    parameters {
        booleanParam('DEPLOY', false, 'Deploy although nothing is new, such as after a build that has failed there')
    }
    steps {
        sslRotateCertificate {
            step {
                certificates('1234567')
                dir('tls')
                keyFile('$WORKSPACE_TMP/key.pem')
            }
        }
        shell('if [ "$SSL_ROTATED" = true ] || [ "$DEPLOY" = true ]; then ./deploy tls "$WORKSPACE_TMP/key.pem"; fi')
    }
}
