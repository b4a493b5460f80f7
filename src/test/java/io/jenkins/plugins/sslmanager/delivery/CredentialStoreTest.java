package io.jenkins.plugins.sslmanager.delivery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import hudson.FilePath;
import hudson.model.Result;
import hudson.security.ACL;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OpenOrders;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.SecretLeaks;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates that builds put into a store of credentials; by default builds run as Jenkins itself. */
class CredentialStoreTest extends OverBothProtocols {

    private static final String NAME = "www.example.com";
    private static final String STORE_PASSWORD = "changeit-or-not";

    private final Builds builds = new Builds(jenkins);

    private final long certificateId = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS, "example.com");

    CredentialStoreTest() {
        super(Duration.ZERO);
    }

    @BeforeEach
    void addPasswordOfKeyStores() throws Exception {
        SandboxFixture.addSecretText("store-password", STORE_PASSWORD);
    }

    @Test
    void credentialHoldsKeyAndChainForOtherJobs() throws Exception {
        WorkflowJob job = builds.job(ReissueScript.script("built-in", certificateId, ", storeAs: 'fresh'"));
        WorkflowRun build = builds.success(job);

        jenkins.assertLogContains("Stored the credential 'fresh' in Jenkins' own store", build);
        jenkins.assertLogContains("credential fresh of ", build);
        StandardCertificateCredentials stored = usableBy(builds.job("echo 'another'"), "fresh");
        assertEquals(CredentialsScope.GLOBAL, stored.getScope());
        X509Certificate leaf = assertHoldsWhatTheJobHas(stored, job);
        assertEquals(
                NAME + " (SSL Manager, serial number " + Certificates.serialNumber(leaf) + ", until "
                        + leaf.getNotAfter().toInstant() + ")",
                stored.getDescription());
    }

    @Test
    void nextBuildReplacesCertificateAndKeepsTheOneBefore() throws Exception {
        WorkflowJob job = builds.job(ReissueScript.script(
                "built-in", certificateId, ", storeAs: 'renewed', keepPreviousCredential: true, keepPrevious: true"));
        builds.success(job);
        StandardCertificateCredentials first = global("renewed");
        assertNull(global("renewed-previous"));

        WorkflowRun build = builds.success(job);
        jenkins.assertLogContains(
                "Stored the credential 'renewed' in Jenkins' own store and kept the one before as 'renewed-previous'",
                build);
        StandardCertificateCredentials second = global("renewed");
        X509Certificate leaf = assertHoldsWhatTheJobHas(second, job);
        assertTrue(second.getDescription().contains(Certificates.serialNumber(leaf)), second.getDescription());
        assertSameEntry(first, global("renewed-previous"));
        assertEquals(first.getDescription(), global("renewed-previous").getDescription());

        builds.success(job);
        assertSameEntry(second, global("renewed-previous"));
    }

    @Test
    void sameCertificateOnceMoreChangesNothing() throws Exception {
        String again = ReissueScript.script("built-in", certificateId, ", storeAs: 'same'")
                + "node('built-in') { sslCertificateInfo certificateId: " + certificateId
                + ", keyFile: 'key.pem', storeAs: 'same', keepPreviousCredential: true }";
        WorkflowRun build = builds.success(builds.job(again));
        jenkins.assertLogContains("The credential 'same' in Jenkins' own store holds this certificate already", build);
        assertNull(global("same-previous"));
    }

    @Test
    void descriptionOfAPersonStays() throws Exception {
        WorkflowJob job = builds.job(ReissueScript.script(
                "built-in", certificateId, ", storeAs: 'described', passwordCredentialsId: 'store-password'"));
        builds.success(job);
        CertificateCredentialsImpl stored = (CertificateCredentialsImpl) global("described");
        assertEquals(STORE_PASSWORD, stored.getPassword().getPlainText());
        systemStore()
                .updateCredentials(
                        Domain.global(),
                        stored,
                        new CertificateCredentialsImpl(
                                CredentialsScope.SYSTEM,
                                "described",
                                "For the shop",
                                STORE_PASSWORD,
                                stored.getKeyStoreSource()));

        builds.success(job);
        assertHoldsWhatTheJobHas(global("described"), job);
        assertEquals("For the shop", global("described").getDescription());
        assertEquals(CredentialsScope.SYSTEM, global("described").getScope(), "not for more than before");
    }

    @Test
    void nearestFolderOrTheNamedOneTakesIt() throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        team.createProject(Folder.class, "web").createProject(Folder.class, "shop");
        Folder shop = (Folder) jenkins.jenkins.getItemByFullName("team/web/shop");
        WorkflowJob job = builds.job(
                shop,
                ReissueScript.script("built-in", certificateId, ", storeAs: 'nearest'")
                        + ReissueScript.script("built-in", certificateId, ", storeAs: 'above', storeIn: 'team'")
                        + ReissueScript.script("built-in", certificateId, ", storeAs: 'top', storeIn: '/'"));
        WorkflowRun build = builds.success(job);

        jenkins.assertLogContains("Stored the credential 'nearest' in the store of team/web/shop", build);
        assertEquals(1, store(shop).getCredentials(Domain.global()).size());
        assertEquals(1, store(team).getCredentials(Domain.global()).size());
        assertHoldsWhatTheJobHas(global("top"), job);
        assertTrue(usableBy(job, "nearest") != null && usableBy(job, "above") != null);
        assertNull(usableBy(builds.job("echo 'outside'"), "nearest"));
    }

    @Test
    void keyOfTheSingleStepsWaitsSealedAndNeedsNoNode() throws Exception {
        WorkflowJob job = builds.job("""
                def request = sslGenerateCsr certificateId: %1$d, keyAlgorithm: 'EC_P256'
                def order = sslReissue certificateId: %1$d, csr: request.csr
                def ended = sslAwaitNotification jobId: order.jobId
                sslCertificateInfo certificateId: ended.certificateId, csr: request.csr, storeAs: 'www-of-store'
                echo "job ${order.jobId}"
                """.formatted(certificateId));
        WorkflowRun build = builds.success(job);

        KeyStores.Entry stored = entry("www-of-store");
        KeyStores.requirePair(stored.key(), stored.leaf());
        assertEquals(
                fixture.sandbox.certificate(certificateId).serialNumber(), Certificates.serialNumber(stored.leaf()));
        SecretLeaks.assertNoneOfKey(jenkins, Pem.encode(stored.key()));
        assertEquals(List.of(), OpenOrders.of(job));
        jenkins.assertLogContains("The new key (EC_P256) waits, sealed, in the order book", build);
        String summary =
                jenkins.createWebClient().getPage(build).getWebResponse().getContentAsString();
        assertTrue(summary.contains("Job id"));
    }

    private static KeyStores.Entry entry(String id) {
        StandardCertificateCredentials credential = global(id);
        return KeyStores.entry(
                credential.getKeyStore(),
                credential.getPassword().getPlainText().toCharArray());
    }

    @Test
    void onlyStoresAroundTheJobAreAllowed() throws Exception {
        jenkins.createProject(Folder.class, "strangers");
        Folder own = jenkins.createProject(Folder.class, "own");
        builds.failure(
                builds.job(own, info(", keyFile: 'key.pem', storeAs: 'x', storeIn: 'strangers'")),
                "storeIn: 'strangers' has no store that builds of own/job may write to. Set it to one of 'own', '/'");
    }

    @Test
    void domainOfTheStoreTakesIt() throws Exception {
        systemStore().addDomain(new Domain("servers", "", List.of()));
        WorkflowJob job = builds.job(
                ReissueScript.script("built-in", certificateId, ", storeAs: 'in-domain', storeDomain: 'servers'"));
        WorkflowRun build = builds.success(job);

        jenkins.assertLogContains("Stored the credential 'in-domain' in Jenkins' own store, domain 'servers'", build);
        assertEquals(
                1,
                systemStore()
                        .getCredentials(systemStore().getDomainByName("servers"))
                        .size());
        builds.failure(
                builds.job(info(", keyFile: 'key.pem', storeAs: 'in-domain'")),
                "storeAs: 'in-domain' is in another domain of Jenkins' own store: 'servers'. Set 'storeDomain' to it");
        builds.failure(
                builds.job(info(", keyFile: 'key.pem', storeAs: 'x', storeDomain: 'nowhere'")),
                "storeDomain: there is no domain 'nowhere' in Jenkins' own store");
    }

    @Test
    void credentialOfAnotherKindIsNeverReplaced() throws Exception {
        SandboxFixture.addSecretText("token", "a token");
        SandboxFixture.addSecretText("kept-previous", "a token");
        builds.failure(
                builds.job(info(", keyFile: 'key.pem', storeAs: 'token'")),
                "storeAs: 'token' in Jenkins' own store is of the kind 'Secret text', and only a certificate is replaced");

        WorkflowJob job = builds.job(
                ReissueScript.script("built-in", certificateId, ", storeAs: 'kept', keepPreviousCredential: true"));
        builds.success(job);
        builds.failure(job, "storeAs: 'kept-previous' in Jenkins' own store is of the kind 'Secret text'");
    }

    @Test
    void wrongKeyWritesNothing() throws Exception {
        WorkflowJob job = builds.job("""
                node('built-in') {
                  sslGenerateCsr commonName: 'www.example.com', keyFile: 'key.pem'
                  sslCertificateInfo certificateId: %d, keyFile: 'key.pem', storeAs: 'wrong'
                }
                """.formatted(certificateId));
        builds.failure(job, "The private key is not the key of the certificate CN=www.example.com");
        assertNull(global("wrong"));
        assertEquals(0, jenkins.jenkins.getWorkspaceFor(job).list("leaf.pem").length);
    }

    @Test
    void fileThatCannotBeWrittenLeavesTheStoreAlone() throws Exception {
        WorkflowJob job = builds.job(
                ReissueScript.script("built-in", certificateId, ", storeAs: 'unwritten', dir: '../outside'"));
        builds.failure(job, "dir: '../outside' leads out of the workspace");
        assertNull(global("unwritten"));
    }

    @Test
    void storeThatCannotBeWrittenIsToldWithTheFilesThatWere() throws Exception {
        Folder broken = jenkins.createProject(Folder.class, "broken");
        WorkflowJob job = builds.job(
                broken, ReissueScript.script("built-in", certificateId, ", storeAs: 'www', formats: 'leaf'"));
        FilePath config = new FilePath(broken.getConfigFile().getFile());
        config.delete();
        config.child("in-the-way").mkdirs();
        builds.failure(
                job,
                "The credential 'www' was not stored in the store of broken: … These files were written before: leaf.pem");
        config.deleteRecursive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "storeAs: 'x'|'storeAs' needs the private key",
                "keyFile: 'key.pem', storeAs: 'www example'|storeAs: 'www example' is no id of a credential",
                "storeIn: '/'|'storeIn' is given, but no credential to store",
                "storeDomain: 'servers'|'storeDomain' is given, but no credential to store",
                "keepPreviousCredential: true|'keepPreviousCredential' is given, but no credential to store"
            })
    void parametersThatDoNotGoTogetherAreTold(String options, String message) throws Exception {
        builds.failure(builds.job(info(", " + options)), message);
    }

    @Test
    void outsideNodeThereIsNoKey() throws Exception {
        builds.failure(
                builds.job("sslCertificateInfo certificateId: " + certificateId + ", keyFile: 'key.pem', storeAs: 'x'"),
                "'keyFile' is a file of the workspace, but there is none. Put the step inside 'node'");
    }

    @Test
    void keyAndPasswordsAreNowhereInTheOpen() throws Exception {
        String agent = jenkins.createOnlineSlave().getNodeName();
        WorkflowJob job = builds.job(ReissueScript.script(
                agent,
                certificateId,
                ", storeAs: 'secret', passwordCredentialsId: 'store-password', keepPreviousCredential: true"));
        builds.success(job);
        WorkflowJob random = builds.job(ReissueScript.script(agent, certificateId, ", storeAs: 'secret-random'"));
        WorkflowRun build = builds.success(random);

        FilePath workspace = jenkins.jenkins.getNode(agent).getWorkspaceFor(random);
        SecretLeaks.assertNoneOfKey(jenkins, workspace.child("key.pem").readToString());
        SecretLeaks.assertNone(jenkins, STORE_PASSWORD);
        SecretLeaks.assertNone(jenkins, global("secret-random").getPassword().getPlainText());
        assertTrue(Files.readString(
                        jenkins.jenkins.getRootDir().toPath().resolve("credentials.xml"), StandardCharsets.UTF_8)
                .contains("<id>secret-random</id>"));
        jenkins.assertLogNotContains("PRIVATE KEY", build);
        assertEquals(Result.SUCCESS, build.getResult());
    }

    private String info(String options) {
        return "node { sslCertificateInfo certificateId: " + certificateId + options + " }";
    }

    private static X509Certificate assertHoldsWhatTheJobHas(StandardCertificateCredentials stored, WorkflowJob job)
            throws Exception {
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        PrivateKey key = Pem.privateKey(workspace.child("key.pem").readToString());
        List<X509Certificate> chain =
                Pem.certificates(workspace.child("fullchain.pem").readToString());
        KeyStore store = stored.getKeyStore();
        char[] password = stored.getPassword().getPlainText().toCharArray();
        assertEquals(List.of(NAME), Collections.list(store.aliases()));
        assertEquals(key, store.getKey(NAME, password));
        assertArrayEquals(chain.toArray(), store.getCertificateChain(NAME));
        KeyStores.requirePair(key, chain.get(0));
        return chain.get(0);
    }

    private static void assertSameEntry(StandardCertificateCredentials one, StandardCertificateCredentials other)
            throws Exception {
        assertNotEquals(one.getId(), other.getId());
        assertEquals(one.getPassword(), other.getPassword());
        assertArrayEquals(
                one.getKeyStore().getCertificateChain(NAME), other.getKeyStore().getCertificateChain(NAME));
    }

    private StandardCertificateCredentials usableBy(WorkflowJob job, String id) throws Exception {
        WorkflowRun build = job.getLastBuild() == null ? builds.success(job) : job.getLastBuild();
        return CredentialsProvider.findCredentialById(id, StandardCertificateCredentials.class, build, List.of());
    }

    private static StandardCertificateCredentials global(String id) {
        return CredentialsProvider.findCredentialByIdInItemGroup(
                id, StandardCertificateCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of());
    }

    private static CredentialsStore systemStore() {
        return CredentialsProvider.lookupStores(jenkins.jenkins).iterator().next();
    }

    private static CredentialsStore store(Folder folder) {
        return CredentialsProvider.lookupStores(folder).iterator().next();
    }
}
