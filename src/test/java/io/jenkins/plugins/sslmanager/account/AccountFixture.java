package io.jenkins.plugins.sslmanager.account;

import com.cloudbees.plugins.credentials.CredentialsScope;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A Jenkins whose form takes accounts; each test begins without any. */
@WithJenkins
abstract class AccountFixture {

    static JenkinsRule jenkins;

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SandboxFixture.addCredentials("ssl-manager", CredentialsScope.SYSTEM, SandboxFixture.PASSWORD);
    }

    @BeforeEach
    void removeAccounts() {
        SslManagerConfiguration.get().setAccounts(List.of());
    }

    static SslManagerAccount other(String name, String url) {
        SslManagerAccount account = new SslManagerAccount(name, Service.OTHER, 4, "ssl-manager");
        account.setUrl(url);
        return account;
    }

    static SslManagerAccountDescriptor descriptor() {
        return jenkins.jenkins.getDescriptorByType(SslManagerAccountDescriptor.class);
    }
}
