package io.jenkins.plugins.sslmanager.engine.reissue;

import static io.jenkins.plugins.sslmanager.engine.reissue.ReissueFixture.CTID;
import static io.jenkins.plugins.sslmanager.engine.reissue.ReissueFixture.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What lies in a build's state between the stages. */
class ReissueStateTest {

    private static final String NAME = "shop.example.com";
    private final KeyPair keys = KeyAlgorithm.EC_P256.generate();
    private final CertificateSigningRequest csr = CertificateSigningRequest.create(keys, NAME, List.of("www." + NAME));

    @Test
    void itComesBackFromDiskAsItWas() throws IOException, ClassNotFoundException {
        for (ReissueState state : allStates()) {
            assertEquals(described(state), described(read(write(state))));
        }
    }

    @Test
    void itIsSmallAndHoldsNothingOfTheKey() throws IOException {
        BigInteger secret = ((ECPrivateKey) keys.getPrivate()).getS();
        byte[] raw = secret.toByteArray();
        for (ReissueState state : allStates()) {
            byte[] written = write(state);
            assertTrue(written.length < 1024, () -> written.length + " bytes");
            String text = new String(written, StandardCharsets.ISO_8859_1);
            for (String form : List.of(
                    new String(raw, StandardCharsets.ISO_8859_1),
                    HexFormat.of().formatHex(raw),
                    Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()))) {
                assertFalse(text.contains(form));
            }
            assertFalse(text.contains("BEGIN"));
        }
    }

    private List<ReissueState> allStates() {
        try (ReissueFixture service = new ReissueFixture(Protocol.JSON)) {
            done(service.process(csr).start(service.certificate(NAME), CTID, service.ends()));
            assertEquals(List.of(ReissueState.Stage.values()), service.savedStages());
            return service.saved;
        }
    }

    private static byte[] write(ReissueState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(state);
        }
        return bytes.toByteArray();
    }

    private static ReissueState read(byte[] written) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(written))) {
            return (ReissueState) in.readObject();
        }
    }

    private static List<Object> described(ReissueState state) {
        return List.of(
                state.stage(),
                state.certificateId(),
                state.certificateName(),
                state.previousSerialNumber(),
                state.publicKeySha256(),
                state.csrSha256(),
                state.ctid(),
                state.orderedAt(),
                state.jobId());
    }
}
