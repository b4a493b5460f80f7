package io.jenkins.plugins.sslmanager.rotation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import hudson.FilePath;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.ModelObject;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.security.ACL;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.SecretLeaks;
import io.jenkins.plugins.sslmanager.StoredCertificates;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import io.jenkins.plugins.sslmanager.account.grants.Visibility;
import io.jenkins.plugins.sslmanager.credentials.CertificateVault;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import jenkins.security.MasterToSlaveCallable;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** What a rotation keeps in the vault, and which builds find it there as a credential. */
class VaultCredentialsTest extends OverBothProtocols {

    private static final String USE =
            "node('%s') { withCredentials([certificate(credentialsId: 'www', keystoreVariable: 'STORE',"
                    + " passwordVariable: 'PASSWORD')]) {"
                    + " sh 'keytool -list -keystore \"$STORE\" -storepass \"$PASSWORD\"' } }";

    private final long id = fixture.sandbox.addCertificate("www.example.com", AuthMethod.DNS);
    private final Builds builds = new Builds(jenkins);

    VaultCredentialsTest() {
        super(Duration.ZERO);
    }

    private String rotate(String options) {
        return "sslRotateCertificate certificates: " + id + ", keyAlgorithm: 'EC_P256'" + options;
    }

    private String store() {
        return rotate(", storeAs: 'www'");
    }

    private static void grant(Visibility visibility) {
        Grant grant = SandboxFixture.everythingForEveryJob();
        grant.setVisibleTo(visibility);
        SslManagerConfiguration.get().getAccounts().get(0).setGrants(List.of(grant));
    }

    private void assertNewest(StandardCertificateCredentials found) {
        assertNotNull(found, "the credential");
        KeyStores.Entry entry = KeyStores.entry(
                found.getKeyStore(), found.getPassword().getPlainText().toCharArray());
        assertEquals(fixture.sandbox.certificate(id).serialNumber(), Certificates.serialNumber(entry.leaf()));
        KeyStores.requirePair(entry.key(), entry.leaf());
    }

    @Test
    void theJobFindsItOnTheControllerAndOnAnAgentAndItsUseIsTracked() throws Exception {
        String agent = jenkins.createOnlineSlave().getNodeName();
        WorkflowJob job = builds.job(store());
        builds.success(job);

        Builds.withScript(job, USE.formatted("built-in"));
        jenkins.assertLogContains("PrivateKeyEntry", builds.success(job));
        Builds.withScript(job, USE.formatted(agent));
        jenkins.assertLogContains("PrivateKeyEntry", builds.success(job));

        StandardCertificateCredentials found = StoredCertificates.find(job, "www");
        assertNewest(found);
        assertSame(found, StoredCertificates.find(job, "www"));
        assertTrue(CredentialsProvider.getFingerprintOf(found).getJobs().contains(job.getFullName()));
    }

    @Test
    void aCopyForAnAgentIsReadThere() throws Exception {
        WorkflowJob job = builds.job(store());
        builds.success(job);
        StandardCertificateCredentials copy =
                CredentialsProvider.snapshot(StandardCertificateCredentials.class, StoredCertificates.find(job, "www"));

        String serialNumber = jenkins.createOnlineSlave().getChannel().call(new SerialNumber(copy));

        assertEquals(fixture.sandbox.certificate(id).serialNumber(), serialNumber);
    }

    private static final class SerialNumber extends MasterToSlaveCallable<String, IOException> {
        private static final long serialVersionUID = 1L;
        private final StandardCertificateCredentials credentials;

        SerialNumber(StandardCertificateCredentials credentials) {
            this.credentials = credentials;
        }

        @Override
        public String call() throws IOException {
            try {
                var store = credentials.getKeyStore();
                String alias = store.aliases().nextElement();
                store.getKey(alias, credentials.getPassword().getPlainText().toCharArray());
                return ((X509Certificate) store.getCertificate(alias))
                        .getSerialNumber()
                        .toString(16)
                        .toUpperCase(Locale.ROOT);
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
        }
    }

    @Test
    void nobodyElseFindsItUnlessAGrantSaysSo() throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        Folder other = jenkins.createProject(Folder.class, "other");
        WorkflowJob job = builds.job(team, store());
        WorkflowJob neighbour = team.createProject(WorkflowJob.class, "neighbour");
        WorkflowJob stranger = other.createProject(WorkflowJob.class, "stranger");
        builds.success(job);

        assertFinds(true, job);
        assertFinds(false, neighbour, stranger, team);
        grant(Visibility.FOLDER);
        assertFinds(true, job, neighbour, team);
        assertFinds(false, stranger, other);
        grant(Visibility.JENKINS);
        assertFinds(true, job, neighbour, stranger, other);
        grant(Visibility.JOB);
        assertFinds(false, neighbour, stranger);
    }

    private void assertFinds(boolean expected, Item... items) {
        for (Item item : items) {
            assertEquals(expected, StoredCertificates.find(item, "www") != null, item.getFullName());
        }
    }

    @Test
    void aMoveShowsItToNobodyNew() throws Exception {
        grant(Visibility.FOLDER);
        Folder team = jenkins.createProject(Folder.class, "team");
        Folder other = jenkins.createProject(Folder.class, "other");
        WorkflowJob job = builds.job(team, store());
        WorkflowJob stranger = other.createProject(WorkflowJob.class, "stranger");
        builds.success(job);

        WorkflowJob moved = Items.move(job, other);

        assertFinds(true, moved);
        assertFinds(false, stranger, team);
        other.renameTo("renamed");
        assertFinds(true, moved);
        assertFinds(false, stranger);
    }

    @Test
    void aNewJobOfTheNameOfADeletedOneStartsEmpty() throws Exception {
        WorkflowJob job = builds.job("rotate", store());
        builds.success(job);
        job.delete();

        WorkflowJob next = builds.job("rotate", store());

        assertFinds(false, next);
        jenkins.buildAndAssertStatus(Result.UNSTABLE, next);
        assertEquals(1, fixture.sandbox.orders("www.example.com"));
        assertFinds(false, next);
    }

    @Test
    void aCredentialOfTheSameIdThatWasMadeByHandIsNamedBeforeAnythingIsOrdered() throws Exception {
        SandboxFixture.addCredentials("www", CredentialsScope.GLOBAL, "secret");

        builds.failure(
                builds.job(store()),
                "storeAs: a credential 'www' of 'Jenkins Credentials Provider' hides the one of the vault");

        assertEquals(0, fixture.sandbox.orders("www.example.com"));
    }

    @Test
    void oneThatIsMadeLaterWinsAndTheNextRotationSaysSo() throws Exception {
        WorkflowJob job = builds.job(store());
        builds.success(job);
        SandboxFixture.addCredentials("www", CredentialsScope.GLOBAL, "secret");

        builds.failure(job, "storeAs: a credential 'www' of 'Jenkins Credentials Provider' hides the one of the vault");
    }

    @Test
    void anEmptyWorkspaceIsFilledWithoutAnOrder() throws Exception {
        WorkflowJob job = builds.job("node { " + rotate(", force: true, keyFile: 'key.pem'") + " }");
        builds.success(job);
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        FilePath keyFile = workspace.child("key.pem");
        String key = keyFile.readToString();
        workspace.deleteContents();
        Builds.withScript(job, "node { " + rotate(", keyFile: 'key.pem'") + " }");

        WorkflowRun next = builds.success(job);

        jenkins.assertLogContains("The workspace lacks it, so it comes from the vault", next);
        assertEquals(1, fixture.sandbox.orders("www.example.com"));
        assertTrue(workspace.child("leaf.pem").exists());
        assertEquals(key, keyFile.readToString());
        jenkins.assertLogNotContains("comes from the vault", builds.success(job));
    }

    @Test
    void anAgentThatIsNewEachNightGetsItsFilesAndNothingIsOrdered() throws Exception {
        WorkflowJob job = builds.job("node { " + rotate(", force: true, keyFile: 'key.pem'") + " }");
        builds.success(job);
        String check = "\nif (!fileExists('leaf.pem') || !fileExists('key.pem')) { error 'The files are not there' }";
        for (int night = 0; night < 2; night++) {
            Slave agent = jenkins.createOnlineSlave();
            Builds.withScript(
                    job, "node('" + agent.getNodeName() + "') { " + rotate(", keyFile: 'key.pem'") + check + " }");
            builds.success(job);
            jenkins.jenkins.removeNode(agent);
        }

        assertEquals(1, fixture.sandbox.orders("www.example.com"));
    }

    @Test
    void filesThatAreWholeAreEnoughAndWithoutThemNothingIsGreen() throws Exception {
        WorkflowJob job = builds.job("node { " + rotate(", force: true, keyFile: 'key.pem'") + " }");
        builds.success(job);
        giveUpEntriesOf(job);
        Builds.withScript(job, "node { " + rotate(", keyFile: 'key.pem'") + " }");
        builds.success(job);

        jenkins.jenkins.getWorkspaceFor(job).child("key.pem").delete();

        WorkflowRun build = jenkins.buildAndAssertStatus(Result.UNSTABLE, job);
        jenkins.assertLogContains("Its private key is neither in the vault nor in the workspace", build);
        assertEquals(1, fixture.sandbox.orders("www.example.com"));
    }

    @Test
    void withNoOtherPlaceTheVaultAloneKeepsIt() throws Exception {
        WorkflowJob job = builds.job(rotate(""));
        jenkins.buildAndAssertStatus(Result.UNSTABLE, job);
        Builds.withScript(job, rotate(", force: true"));
        builds.success(job);

        Builds.withScript(job, rotate(""));
        builds.success(job);

        assertEquals(1, fixture.sandbox.orders("www.example.com"));
        assertFinds(false, job);
        Builds.withScript(job, "sslCertificateInfo certificate: " + id + ", storeAs: 'www'");
        builds.success(job);
        assertNewest(StoredCertificates.find(job, "www"));
    }

    @Test
    void whatWasReissuedElsewhereMakesTheBuildUnstableAndKeepsTheCredential() throws Exception {
        WorkflowJob job = builds.job(store());
        builds.success(job);
        X509Certificate before = StoredCertificates.entry("www").leaf();
        fixture.orderElsewhere(id, protocol, "www.example.com");

        WorkflowRun next = jenkins.buildAndAssertStatus(Result.UNSTABLE, job);

        jenkins.assertLogContains("was re-issued elsewhere on ", next);
        assertEquals(before, StoredCertificates.entry("www").leaf());
    }

    @Test
    void peopleSeeItReadOnlyWhereItsJobIs() throws Exception {
        WorkflowJob job = builds.job(store());
        builds.success(job);

        CredentialsStore store = stores(job).get(0);
        assertTrue(store.hasPermission2(ACL.SYSTEM2, CredentialsProvider.VIEW));
        assertFalse(store.hasPermission2(ACL.SYSTEM2, CredentialsProvider.DELETE));
        assertFalse(store.hasPermission2(ACL.SYSTEM2, CredentialsProvider.UPDATE));
        assertEquals(0, stores(jenkins.jenkins).size());
        String page = jenkins.createWebClient()
                .getPage(job, "credentials/store/vault/domain/_/")
                .getWebResponse()
                .getContentAsString();
        assertThat(page, containsString("www.example.com (SSL Manager, valid until "));
        jenkins.createWebClient().getPage(job, "credentials/store/vault/domain/_/credential/www/");
    }

    private static List<CredentialsStore> stores(ModelObject context) {
        return Stream.of(CredentialsProvider.lookupStores(context))
                .flatMap(stores -> StreamSupport.stream(stores.spliterator(), false))
                .filter(store -> store.getContext() == context
                        && store.getClass().getSimpleName().equals("VaultStore"))
                .toList();
    }

    @Test
    void anAdministratorSeesWhatIsThereAndGivesItUp() throws Exception {
        WorkflowJob job = builds.job(store());
        builds.success(job);
        var client = jenkins.createWebClient();
        String page = client.goTo("manage/ssl-manager-vault/").getWebResponse().getContentAsString();
        assertThat(page, containsString("www.example.com"));
        String api = client.goTo("manage/ssl-manager-vault/api/json?depth=2", "application/json")
                .getWebResponse()
                .getContentAsString();
        assertThat(api, containsString("\"credentialIds\":[\"www\"]"));
        assertThat(api, not(containsString("ealedKey")));

        giveUpEntriesOf(job);

        assertFinds(false, job);
        jenkins.buildAndAssertStatus(Result.UNSTABLE, job);
        assertEquals(1, fixture.sandbox.orders("www.example.com"));
    }

    private static void giveUpEntriesOf(WorkflowJob job) {
        CertificateVault.get().vault().entries().stream()
                .filter(entry -> job.getFullName().equals(entry.job()))
                .forEach(entry -> CertificateVault.get().vault().giveUp(entry.id()));
    }

    @Test
    void noFileOfTheControllerHasTheKeyInClear() throws Exception {
        WorkflowJob job = builds.job(store());
        builds.success(job);
        SecretLeaks.assertNoneOfKey(
                jenkins, Pem.encode(StoredCertificates.entry("www").key()));
    }
}
