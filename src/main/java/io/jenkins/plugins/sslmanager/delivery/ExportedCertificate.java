package io.jenkins.plugins.sslmanager.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A certificate's facts as every page and every remote API of the plugin shows them. */
@ExportedBean
public abstract class ExportedCertificate {

    private final CertificateFacts facts;

    protected ExportedCertificate(CertificateFacts facts) {
        this.facts = facts;
    }

    /** The facts themselves, which are not exported as a whole. */
    public final CertificateFacts facts() {
        return facts;
    }

    @Exported
    public final long getCertificateId() {
        return facts.certificateId();
    }

    @CheckForNull
    @Exported
    public final String getOrderId() {
        return facts.orderId();
    }

    @Exported
    public final String getName() {
        return facts.name();
    }

    @Exported
    public final List<String> getNames() {
        return facts.names();
    }

    /** The service calls the product so, such as {@code SSL123}. */
    @CheckForNull
    @Exported
    public final String getProduct() {
        return facts.product();
    }

    @Exported
    public final String getSubject() {
        return facts.subject();
    }

    /** Null where the service did not give it. */
    @CheckForNull
    @Exported
    public final String getIssuer() {
        return facts.issuer();
    }

    @Exported
    public final String getSerialNumber() {
        return facts.serialNumber();
    }

    @Exported
    public final String getSha256Fingerprint() {
        return facts.sha256Fingerprint();
    }

    /** ISO 8601, UTC. */
    @Exported
    public final String getNotBefore() {
        return facts.notBefore().toString();
    }

    /** ISO 8601, UTC. */
    @Exported
    public final String getNotAfter() {
        return facts.notAfter().toString();
    }

    /** From when on it is due, by the rule of the build that got it; ISO 8601, UTC. */
    @Exported
    public final String getDueAt() {
        return facts.dueAt().toString();
    }
}
