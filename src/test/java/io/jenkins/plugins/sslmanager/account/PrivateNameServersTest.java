package io.jenkins.plugins.sslmanager.account;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** That builds have private addresses asked is for administrators to say. */
@WithJenkins
class PrivateNameServersTest {

    @Test
    void theyAreAskedOnlyIfAnAdministratorAllowsIt(JenkinsRule jenkins) throws Exception {
        assertFalse(VisibleRecords.resolvers.get().mayAskPrivateAddresses());

        SslManagerConfiguration.get().setPrivateNameServers(true);
        jenkins.configRoundtrip();

        assertTrue(VisibleRecords.resolvers.get().mayAskPrivateAddresses());
    }
}
