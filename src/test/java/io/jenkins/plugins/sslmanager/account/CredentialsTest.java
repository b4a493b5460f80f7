package io.jenkins.plugins.sslmanager.account;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Fingerprint;
import hudson.security.ACL;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whose credentials a build uses, and who sees that it did. */
@WithJenkins
class CredentialsTest {

    private final SandboxFixture fixture = new SandboxFixture(Duration.ZERO);
    private final String info =
            "sslCertificateInfo certificate: " + fixture.sandbox.addCertificate("www.example.com", AuthMethod.DNS);

    private JenkinsRule jenkins;
    private Builds builds;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        builds = new Builds(rule);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void useOfTheAccountsCredentialsIsTracked() throws Exception {
        fixture.setUpAccount();
        WorkflowJob job = builds.job(info);
        builds.success(job);
        assertUsed(
                CredentialsProvider.findCredentialByIdInItemGroup(
                        "ssl-manager",
                        StandardUsernamePasswordCredentials.class,
                        jenkins.jenkins,
                        ACL.SYSTEM2,
                        List.of()),
                job);
    }

    @Test
    void credentialsOfAFolderAreForItsBuildsOnly() throws Exception {
        SslManagerConfiguration.get().setAccounts(List.of(fixture.account("test", 4, null)));
        Folder team = jenkins.createProject(Folder.class, "team");
        StandardUsernamePasswordCredentials credentials = credentials("team-user");
        store(team).addCredentials(Domain.global(), credentials);
        String script = info + ", credentialsId: 'team-user'";

        WorkflowJob inside = builds.job(team, script);
        builds.success(inside);
        assertUsed(credentials, inside);

        String refusal =
                "There are no credentials 'team-user' of the kind 'Username with password' that this build may use";
        builds.failure(builds.job(jenkins.createProject(Folder.class, "others"), script), refusal);
        builds.failure(builds.job(script), refusal);
    }

    @Test
    void credentialsOfADomainAreForItsHostsOnly() throws Exception {
        SslManagerConfiguration.get().setAccounts(List.of(fixture.account("test", 4, null)));
        Folder team = jenkins.createProject(Folder.class, "team");
        Domain elsewhere = new Domain("elsewhere", "", List.of(new HostnameSpecification("gateway.example.com", null)));
        store(team).addDomain(elsewhere, credentials("team-user"));
        builds.failure(
                builds.job(team, info + ", credentialsId: 'team-user'"),
                "There are no credentials 'team-user' of the kind 'Username with password' that this build may use for"
                        + " 127.0.0.1.");
    }

    private static void assertUsed(StandardUsernamePasswordCredentials credentials, WorkflowJob job) throws Exception {
        Fingerprint use = CredentialsProvider.getFingerprintOf(credentials);
        assertTrue(use != null && use.getJobs().contains(job.getFullName()));
    }

    private static StandardUsernamePasswordCredentials credentials(String id) throws Exception {
        return new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, "", "release", SandboxFixture.PASSWORD);
    }

    private static CredentialsStore store(Folder folder) {
        for (CredentialsStore store : CredentialsProvider.lookupStores(folder)) {
            if (store.getContext() == folder) {
                return store;
            }
        }
        throw new AssertionError("The folder has no store");
    }
}
