// Somebody who has chosen Jenkins' new pages of builds and jobs: nobody has them without signing in.

import hudson.security.HudsonPrivateSecurityRealm
import jenkins.model.Jenkins
import jenkins.model.experimentalflags.UserExperimentalFlagsProperty

def realm = new HudsonPrivateSecurityRealm(false, false, null)
realm.createAccount('curious', 'curious')
    .addProperty(new UserExperimentalFlagsProperty(['new-build-page.flag': 'true', 'new-job-page.flag': 'true']))
Jenkins.get().securityRealm = realm
