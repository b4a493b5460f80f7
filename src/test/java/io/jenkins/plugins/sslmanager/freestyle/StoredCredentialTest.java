package io.jenkins.plugins.sslmanager.freestyle;

import static io.jenkins.plugins.sslmanager.freestyle.FreestyleJobs.EMPTY;
import static io.jenkins.plugins.sslmanager.freestyle.FreestyleJobs.await;
import static io.jenkins.plugins.sslmanager.freestyle.FreestyleJobs.generateCsr;
import static io.jenkins.plugins.sslmanager.freestyle.FreestyleJobs.reissue;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasEntry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import hudson.model.Computer;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.Permission;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.orders.Orders;
import io.jenkins.plugins.sslmanager.steps.CertificateInfoStep;
import io.jenkins.plugins.sslmanager.steps.GenerateCsrStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.CaptureEnvironmentBuilder;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;

/** What a freestyle build has in the vault, and as whom it has to run to find it there. */
class StoredCredentialTest extends OverBothProtocols {

    private static final String USER = "builder";

    private final long certificateId = fixture.sandbox.addCertificate("www.example.com", AuthMethod.DNS);
    private final CaptureEnvironmentBuilder after = new CaptureEnvironmentBuilder();

    private Folder team;
    private FreeStyleProject job;

    StoredCredentialTest() {
        super(Duration.ZERO);
    }

    @BeforeEach
    void setUp() throws Exception {
        team = jenkins.createProject(Folder.class, "team");
        job = team.createProject(FreeStyleProject.class, "job");
        CertificateInfoStep store = new CertificateInfoStep("");
        store.setStoreAs("www");
        job.getBuildersList()
                .addAll(List.of(
                        generateCsr(), reissue(certificateId), await(EMPTY), new CertificateInfoBuilder(store), after));
        FreestyleJobs.withParameters(job, Map.of("SSL_CERTIFICATE_ID", Long.toString(certificateId)));
    }

    @Test
    void buildsRunAsJenkinsItselfByDefault() throws Exception {
        jenkins.buildAndAssertSuccess(job);
        assertEquals(1, stored());
        assertThat(after.getEnvVars(), hasEntry("SSL_CREDENTIALS_ID", "www"));
    }

    @Test
    void permissionOfWhomTheBuildRunsAsCounts() throws Exception {
        runAsBuilderWhoMay();
        new FreestyleJobs(jenkins)
                .failure(
                        job,
                        "storeAs: this build would not find the credential 'www', since it runs as builder, who lacks the"
                                + " permission Credentials/UseItem for team/job");
        assertEquals(0, stored());
        runAsBuilderWhoMay(CredentialsProvider.USE_ITEM);
        jenkins.buildAndAssertSuccess(job);
        assertEquals(1, stored());
    }

    @Test
    void keyNeedsNoWorkspace() throws Exception {
        GenerateCsrStep generate = new GenerateCsrStep();
        generate.setKeyAlgorithm("EC_P256");
        CertificateInfoStep store = new CertificateInfoStep("");
        store.setStoreAs("www");
        job.getBuildersList()
                .replaceBy(List.of(
                        new GenerateCsrBuilder(generate),
                        reissue(EMPTY),
                        await(EMPTY),
                        new CertificateInfoBuilder(store),
                        after));
        jenkins.buildAndAssertSuccess(job);
        assertThat(after.getEnvVars(), hasEntry("SSL_CREDENTIALS_ID", "www"));
        assertEquals(List.of(), Orders.get().book().openOrders());
        assertFalse(jenkins.jenkins.getWorkspaceFor(job).child("key.pem").exists());
    }

    private void runAsBuilderWhoMay(Permission... permissions) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Computer.BUILD, Item.READ)
                .everywhere()
                .to(USER)
                .grant(permissions)
                .onFolders(team)
                .to(USER));
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .replace(new MockQueueItemAuthenticator()
                        .authenticate(
                                job.getFullName(), User.getById(USER, true).impersonate2()));
    }

    private int stored() {
        return CredentialsProvider.listCredentialsInItem(
                        StandardCertificateCredentials.class, job, ACL.SYSTEM2, List.of(), credentials -> true)
                .size();
    }
}
