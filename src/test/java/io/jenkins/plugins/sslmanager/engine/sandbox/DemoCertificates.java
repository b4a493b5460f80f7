package io.jenkins.plugins.sslmanager.engine.sandbox;

import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import java.util.EnumMap;
import java.util.Map;

/** The certificates of a sandbox by their behaviours, made when asked for. */
public final class DemoCertificates {

    private final Sandbox sandbox;
    private final Map<Behaviour, Long> ids = new EnumMap<>(Behaviour.class);

    public DemoCertificates(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** As it is now. */
    public Certificate get(Behaviour behaviour) {
        String name = behaviour.demoName();
        return sandbox.certificate(
                ids.computeIfAbsent(behaviour, any -> sandbox.addCertificate(name, AuthMethod.DNS, "www." + name)));
    }

    static CertificateChain chain(Certificate certificate) {
        return CertificateChain.of(
                Pem.certificate(certificate.server()),
                certificate.certificationAuthority().stream()
                        .map(authority -> Pem.certificate(authority.caCertificate()))
                        .toList());
    }
}
