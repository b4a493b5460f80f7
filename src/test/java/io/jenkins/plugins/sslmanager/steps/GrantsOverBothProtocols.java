package io.jenkins.plugins.sslmanager.steps;

import hudson.model.Computer;
import hudson.model.Item;
import hudson.security.GlobalMatrixAuthorizationStrategy;
import hudson.security.Permission;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import io.jenkins.plugins.sslmanager.account.grants.Purpose;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.matrixauth.PermissionEntry;

/** Jobs and the grants of the account that they use, over JSON and over XML. */
abstract class GrantsOverBothProtocols extends OverBothProtocols {

    static final String NAME = "www.example.com";
    static final String ADMINISTRATOR = " An administrator sees what is missing in Manage Jenkins » SSL Manager grants";

    final long id = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS);
    final long other = fixture.sandbox.addCertificate("pay.example.net", AuthMethod.DNS);
    final String read = "sslCertificateInfo certificate: " + id;
    final String rotate =
            "sslRotateCertificate certificates: " + id + ", force: true, keyAlgorithm: 'EC_P256', storeAs: 'www'";

    final String reissue = "def made = sslGenerateCsr certificate: " + id + ", keyAlgorithm: 'EC_P256'\n"
            + "sslReissue certificate: " + id + ", csr: made.csr";

    final Builds builds = new Builds(jenkins);

    GrantsOverBothProtocols() {
        super(Duration.ofSeconds(1));
    }

    void grant(Grant... rows) {
        SslManagerAccount account = fixture.account(SandboxFixture.ACCOUNT, protocol, 4, "ssl-manager");
        account.setGrants(List.of(rows));
        SslManagerConfiguration.get().setAccounts(List.of(account));
    }

    static Grant row(String jobs, String certificates, Purpose allows) {
        Grant row = new Grant();
        row.setJobs(jobs);
        row.setCertificates(certificates);
        row.setAllows(allows);
        return row;
    }

    static void secure() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        GlobalMatrixAuthorizationStrategy matrix = new GlobalMatrixAuthorizationStrategy();
        matrix.add(Jenkins.ADMINISTER, PermissionEntry.user("admin"));
        for (String user : List.of("author", "alice")) {
            for (Permission permission : List.of(Jenkins.READ, Item.READ, Item.CONFIGURE, Computer.BUILD)) {
                matrix.add(permission, PermissionEntry.user(user));
            }
        }
        jenkins.jenkins.setAuthorizationStrategy(matrix);
    }
}
