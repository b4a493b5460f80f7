package io.jenkins.plugins.sslmanager.engine.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OpensslRoundTripTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void opensslVerifiesOurRequestAndKeyOfEveryAlgorithm(KeyAlgorithm algorithm) throws Exception {
        KeyPair keys = algorithm.generate();
        CertificateSigningRequest csr =
                CertificateSigningRequest.create(keys, "example.com", List.of("*.example.com", "www.example.org"));
        write("csr.pem", csr.toPem());
        write("key.pem", Pem.encode(keys.getPrivate()));

        String request = openssl("req", "-in", "csr.pem", "-verify", "-noout", "-text", "-nameopt", "RFC2253");
        assertTrue(request.contains("verify OK"), request);
        assertTrue(request.contains("Subject: CN=example.com"), request);
        assertTrue(request.contains("DNS:example.com, DNS:*.example.com, DNS:www.example.org"), request);

        openssl("req", "-in", "csr.pem", "-pubkey", "-noout", "-out", "from-csr.pem");
        openssl("pkey", "-in", "key.pem", "-pubout", "-out", "from-key.pem");
        assertEquals(read("from-key.pem"), read("from-csr.pem"));
        openssl("pkey", "-pubin", "-in", "from-csr.pem", "-outform", "DER", "-out", "public.der");
        assertEquals(sha256("public.der"), csr.publicKeySha256());
        openssl("req", "-in", "csr.pem", "-outform", "DER", "-out", "csr.der");
        assertEquals(sha256("csr.der"), csr.sha256());
        assertEquals(keys.getPrivate(), Pem.privateKey(read("key.pem")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RSA     | rsa:3072                                     | /CN=example.com          | example.com
            P-256   | ec -pkeyopt ec_paramgen_curve:P-256          | /C=DE/CN=Example.com     | Example.com
            P-384   | ec -pkeyopt ec_paramgen_curve:P-384          | /CN=example.com/O=Müller | example.com
            """)
    void readsRequestsMadeByOpenssl(String kind, String key, String subject, String commonName) throws Exception {
        List<String> command = List.of(("req -new -nodes -utf8 -text -keyout key.pem -newkey " + key).split(" "));
        openssl(with(command, "-subj", subject, "-out", "plain.pem"));
        openssl(with(
                command,
                "-subj",
                subject,
                "-addext",
                "subjectAltName=DNS:WWW.example.com,IP:192.0.2.1,email:a@example.com,DNS:example.com",
                "-out",
                "names.pem"));

        CertificateSigningRequest plain = CertificateSigningRequest.parse(read("plain.pem"));
        CertificateSigningRequest names = CertificateSigningRequest.parse(read("names.pem"));
        assertEquals(commonName, plain.commonName());
        assertEquals(List.of("example.com"), plain.dnsNames());
        assertEquals(List.of("example.com", "www.example.com"), names.dnsNames());
        assertEquals(List.of("IP address 192.0.2.1", "e-mail address a@example.com"), names.otherNames());
        openssl("pkey", "-in", "key.pem", "-pubout", "-outform", "DER", "-out", "public.der");
        assertEquals(sha256("public.der"), names.publicKeySha256());
        openssl("req", "-in", "names.pem", "-out", "expected.pem");
        assertEquals(read("expected.pem"), names.toPem());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            IP:2001:db8::1             | IP address 2001:db8:0:0:0:0:0:1
            dirName:who                | directory name O=Example
            otherName:1.2.3;UTF8:x     | name of kind 0 (RFC 5280, 4.2.1.6)
            RID:1.2.3                  | name of kind 8 (RFC 5280, 4.2.1.6)
            DNS:192.0.2.1              | DNS '192.0.2.1'
            DNS:localhost              | DNS 'localhost'
            DNS:exa mple.com           | DNS 'exa mple.com'
            """)
    void tellsEveryNameThatIsNoDnsName(String name, String told) throws Exception {
        write("names.cnf", """
                [req]
                distinguished_name = who
                req_extensions = names
                prompt = no
                [who]
                O = Example
                [names]
                subjectAltName = DNS:example.com.,%s
                """.formatted(name));
        openssl(
                ("req -new -nodes -keyout key.pem -newkey ec -pkeyopt ec_paramgen_curve:P-256 -config names.cnf -out csr.pem")
                        .split(" "));

        CertificateSigningRequest csr = CertificateSigningRequest.parse(read("csr.pem"));

        assertEquals(List.of("example.com"), csr.dnsNames());
        assertEquals(List.of(told), csr.otherNames());
    }

    @Test
    void opensslVerifiesARequestWithoutSubject() throws Exception {
        String name = "a".repeat(60) + ".example.com";
        write(
                "csr.pem",
                CertificateSigningRequest.create(KeyAlgorithm.EC_P256.generate(), name, List.of())
                        .toPem());

        String request = openssl("req", "-in", "csr.pem", "-verify", "-noout", "-text");

        assertTrue(request.contains("verify OK"), request);
        assertTrue(request.matches("(?s).*Subject: *\\n.*"), request);
        assertTrue(request.matches("(?s).*Subject Alternative Name: critical\\s+DNS:" + name + ".*"), request);
    }

    @ParameterizedTest
    @CsvSource({
        "explicit, -param_enc explicit -name prime256v1, is on a curve without a name",
        "secp256k1, -name secp256k1, is on the curve secp256k1"
    })
    void refusesOtherCurvesOfOpenssl(String kind, String curve, String expected) throws Exception {
        openssl(("ecparam -genkey -out key.pem " + curve).split(" "));
        openssl("req", "-new", "-key", "key.pem", "-subj", "/CN=example.com", "-out", "csr.pem");
        String csr = read("csr.pem");

        String message = assertThrows(PkiException.class, () -> CertificateSigningRequest.parse(csr))
                .getMessage();
        assertTrue(message.contains("The EC key of the CSR " + expected), message);
    }

    @ParameterizedTest
    @CsvSource({
        "PKCS#8 RSA, genpkey -out key.pem -algorithm RSA -pkeyopt rsa_keygen_bits:2048, -----BEGIN PRIVATE KEY-----",
        "PKCS#8 EC, genpkey -out key.pem -algorithm EC -pkeyopt ec_paramgen_curve:P-384, -----BEGIN PRIVATE KEY-----",
        "PKCS#1, genrsa -traditional -out key.pem 2048, -----BEGIN RSA PRIVATE KEY-----",
        "SEC1, ecparam -out key.pem -genkey -name prime256v1, -----BEGIN EC PARAMETERS-----"
    })
    void readsEveryFormOfPrivateKey(String form, String command, String firstLine) throws Exception {
        openssl(command.split(" "));
        assertTrue(read("key.pem").startsWith(firstLine), read("key.pem"));

        PrivateKey key = Pem.privateKey(read("key.pem"));

        write("ours.pem", Pem.encode(key));
        openssl("pkey", "-in", "ours.pem", "-pubout", "-out", "ours-public.pem");
        openssl("pkey", "-in", "key.pem", "-pubout", "-out", "expected-public.pem");
        assertEquals(read("expected-public.pem"), read("ours-public.pem"));
    }

    @ParameterizedTest
    @CsvSource({
        "PKCS#8, pkcs8 -topk8 -passout pass:secret -in key.pem, -----BEGIN ENCRYPTED PRIVATE KEY-----",
        "PKCS#1, rsa -aes128 -traditional -passout pass:secret -in key.pem, -----BEGIN RSA PRIVATE KEY-----"
    })
    void saysThatAPrivateKeyIsEncrypted(String form, String command, String firstLine) throws Exception {
        openssl("genrsa", "-out", "key.pem", "2048");
        openssl((command + " -out encrypted.pem").split(" "));
        String encrypted = read("encrypted.pem");
        assertTrue(encrypted.startsWith(firstLine), encrypted);

        String message = assertThrows(PkiException.class, () -> Pem.privateKey(encrypted))
                .getMessage();
        assertTrue(message.startsWith("The private key is encrypted"), message);
    }

    @Test
    void opensslVerifiesTheFilesOfAChain() throws Exception {
        TestCa root = TestCa.root("Root");
        TestCa upper = root.intermediate("Upper");
        TestCa lower = upper.intermediate("Lower");
        CertificateChain chain = CertificateChain.of(
                lower.leaf(KeyAlgorithm.EC_P256.generate().getPublic(), "example.com"),
                List.of(root.certificate(), upper.certificate(), lower.certificate()));
        write("leaf.pem", chain.leafPem());
        write("chain.pem", chain.chainPem());
        write("fullchain.pem", chain.fullchainPem());
        write("root.pem", chain.rootPem().orElseThrow());

        String time = Long.toString(TestCa.WITHIN.getEpochSecond());
        assertTrue(openssl(("verify -attime " + time + " -CAfile root.pem -untrusted chain.pem leaf.pem").split(" "))
                .contains("leaf.pem: OK"));
        assertTrue(openssl(("verify -attime " + time + " -CAfile root.pem -untrusted fullchain.pem fullchain.pem")
                        .split(" "))
                .contains("fullchain.pem: OK"));
    }

    @Test
    void writesFingerprintAndSerialNumberLikeOpenssl() throws Exception {
        write("leaf.pem", Pem.encode(ProcessPage.leaf()));

        String printed = openssl("x509", "-in", "leaf.pem", "-noout", "-fingerprint", "-sha256", "-serial");

        assertTrue(printed.contains("Fingerprint=" + Certificates.sha256Fingerprint(ProcessPage.leaf())), printed);
        assertTrue(printed.contains("serial=0" + Certificates.serialNumber(ProcessPage.leaf())), printed);
    }

    private String openssl(String... arguments) throws Exception {
        return Openssl.run(folder, arguments);
    }

    private static String[] with(List<String> command, String... more) {
        return Stream.concat(command.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private String sha256(String file) throws Exception {
        return openssl("dgst", "-sha256", "-r", file).substring(0, 64);
    }

    private void write(String file, String text) throws Exception {
        Files.writeString(folder.resolve(file), text);
    }

    private String read(String file) throws Exception {
        return Files.readString(folder.resolve(file));
    }
}
