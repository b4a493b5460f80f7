package io.jenkins.plugins.sslmanager.engine.pki;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.FieldCase;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateChainTest {

    private static final PublicKey KEY = KeyAlgorithm.EC_P256.generate().getPublic();
    private static final TestCa ROOT = TestCa.root("Root");
    private static final TestCa UPPER = ROOT.intermediate("Upper");
    private static final TestCa LOWER = UPPER.intermediate("Lower");
    private static final X509Certificate LEAF = LOWER.leaf(KEY, "example.com");
    private static final Instant OF_CASES = Instant.parse("2026-11-26T00:00:00Z");
    private static final List<X509Certificate> INTERMEDIATES = List.of(LOWER.certificate(), UPPER.certificate());

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void putsAuthoritiesInOrderWhateverComesWithThem(int seed) {
        TestCa namesake = TestCa.root("Root");
        List<X509Certificate> authorities = new ArrayList<>(List.of(
                ROOT.certificate(),
                UPPER.certificate(),
                LOWER.certificate(),
                UPPER.certificate(),
                ROOT.certificate(),
                LEAF,
                namesake.certificate(),
                namesake.intermediate("Lower").certificate(),
                TestCa.root("Stranger").certificate()));
        Collections.shuffle(authorities, new Random(seed));

        CertificateChain chain = CertificateChain.of(LEAF, authorities);

        assertEquals(LEAF, chain.leaf());
        assertEquals(INTERMEDIATES, chain.intermediates());
        assertEquals(Optional.of(ROOT.certificate()), chain.root());
        assertDoesNotThrow(() -> chain.verify(TestCa.WITHIN));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void ofTwoValidWaysTakesTheOneOverTheOlderRootUnlessAskedForTheShorter(int seed) {
        TestCa older = TestCa.root("Older root");
        X509Certificate crossSigned = older.crossSign(ROOT);
        List<X509Certificate> authorities = new ArrayList<>(List.of(
                ROOT.certificate(), crossSigned, older.certificate(), UPPER.certificate(), LOWER.certificate()));
        Collections.shuffle(authorities, new Random(seed));

        CertificateChain longest = CertificateChain.of(LEAF, authorities, ChainLength.LONGEST, TestCa.WITHIN);
        CertificateChain shortest = CertificateChain.of(LEAF, authorities, ChainLength.SHORTEST, TestCa.WITHIN);

        assertEquals(List.of(LOWER.certificate(), UPPER.certificate(), crossSigned), longest.intermediates());
        assertEquals(Optional.of(older.certificate()), longest.root());
        assertEquals(INTERMEDIATES, shortest.intermediates());
        assertEquals(Optional.of(ROOT.certificate()), shortest.root());
        assertEquals(
                longest.fullchainPem(), CertificateChain.of(LEAF, authorities).fullchainPem());
    }

    @ParameterizedTest
    @EnumSource
    void aValidWayWinsOverOneWithAnExpiredCertificate(ChainLength length) {
        TestCa older = TestCa.root("Older root");
        X509Certificate expired = older.crossSign(ROOT, TestCa.WITHIN.minusSeconds(1));

        CertificateChain chain = CertificateChain.of(
                LEAF,
                List.of(expired, older.certificate(), ROOT.certificate(), UPPER.certificate(), LOWER.certificate()),
                length,
                TestCa.WITHIN);

        assertEquals(INTERMEDIATES, chain.intermediates());
        assertEquals(Optional.of(ROOT.certificate()), chain.root());
    }

    @ParameterizedTest
    @EnumSource
    void goesAllTheWayUpWhereTheRootIsUnknown(ChainLength length) {
        assertEquals(
                INTERMEDIATES,
                CertificateChain.of(LEAF, List.of(UPPER.certificate(), LOWER.certificate()), length, TestCa.WITHIN)
                        .intermediates());
    }

    /** Each of ten authorities vouches for all others. */
    @Test
    void isFoundAmongAuthoritiesThatAllVouchForEachOther() {
        List<TestCa> circle = IntStream.range(0, 10)
                .mapToObj(number -> TestCa.root("Root " + number))
                .toList();
        List<X509Certificate> authorities = circle.stream()
                .flatMap(signer ->
                        circle.stream().map(other -> signer == other ? other.certificate() : signer.crossSign(other)))
                .toList();

        CertificateChain chain = assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> CertificateChain.of(circle.get(0).leaf(KEY, "example.com"), authorities));

        assertDoesNotThrow(() -> chain.verify(TestCa.WITHIN));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void theLeafIsTheCertificateOfTheKeyWhereverItStands(int seed) {
        X509Certificate earlier = LOWER.leaf(KEY, TestCa.FROM.minusSeconds(9), TestCa.UNTIL, "example.com");
        X509Certificate ofAnother = LOWER.leaf(KeyAlgorithm.EC_P256.generate().getPublic(), "example.com");
        List<X509Certificate> all = new ArrayList<>(
                List.of(ROOT.certificate(), UPPER.certificate(), LEAF, earlier, ofAnother, LOWER.certificate()));
        Collections.shuffle(all, new Random(seed));

        CertificateChain chain =
                CertificateChain.ofKey(Certificates.publicKeySha256(LEAF), all, ChainLength.LONGEST, TestCa.WITHIN);

        assertEquals(LEAF, chain.leaf());
        assertEquals(INTERMEDIATES, chain.intermediates());
        assertEquals(Optional.of(ROOT.certificate()), chain.root());
    }

    @Test
    void noCertificateOfTheKeyIsToldWithThoseThatAreThere() {
        PkiException refusal = assertThrows(
                PkiException.class,
                () -> CertificateChain.ofKey("00ff", List.of(LEAF), ChainLength.LONGEST, TestCa.WITHIN));

        assertTrue(
                refusal.getMessage()
                        .startsWith(
                                "No certificate is for the key with the SHA-256 00ff; they are for [CN=example.com]."),
                refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"leaf-last, true", "fullchain-in-server, false"})
    void theFieldServerMayHoldTheWholeChain(String folder, boolean withAuthorities) {
        CertificateSigningRequest csr = CertificateSigningRequest.parse(FieldCase.text(folder + "/request.csr"));
        List<X509Certificate> all = new ArrayList<>(Pem.certificates(FieldCase.text(folder + "/server.pem")));
        if (withAuthorities) {
            all.addAll(Pem.certificates(FieldCase.text(folder + "/int.pem")));
            all.addAll(Pem.certificates(FieldCase.text(folder + "/root.pem")));
        }

        CertificateChain chain = CertificateChain.ofKey(csr.publicKeySha256(), all, ChainLength.LONGEST, OF_CASES);

        assertEquals("CN=ordinary.example.com", Certificates.subject(chain.leaf()));
        assertEquals(
                List.of("O=Example,CN=Issuing CA"),
                chain.intermediates().stream().map(Certificates::subject).toList());
        assertEquals(
                "O=Example,CN=Root X", chain.root().map(Certificates::subject).orElseThrow());
        assertDoesNotThrow(() -> ReissueChecks.requireReissued(chain, csr, null, OF_CASES));
    }

    @Test
    void anExpiredRootIsLeftOutWhereACrossSignedOneIsAll() {
        List<X509Certificate> authorities = Stream.of("oldroot", "rootcross", "int")
                .map(file -> Pem.certificate(FieldCase.text("expired-cross-root/" + file + ".pem")))
                .toList();

        CertificateChain chain = CertificateChain.of(
                Pem.certificate(FieldCase.text("expired-cross-root/leaf.pem")),
                authorities,
                ChainLength.LONGEST,
                OF_CASES);

        assertEquals(List.of(authorities.get(2), authorities.get(1)), chain.intermediates());
        assertEquals(Optional.empty(), chain.root());
        assertDoesNotThrow(() -> chain.verify(OF_CASES));
    }

    @ParameterizedTest
    @CsvSource({"-PT3M, PT3M", "-PT1S, PT1S", "PT0S, PT0S", "P1D, PT0S"})
    void tellsHowLongItTakesUntilItIsValid(Duration afterBegin, Duration wait) {
        assertEquals(wait, CertificateChain.of(LEAF, INTERMEDIATES).untilValid(TestCa.FROM.plus(afterBegin)));
    }

    @Test
    void goesByTheCrossSignedVariantWhereItLeadsToAKnownRoot() {
        TestCa older = TestCa.root("Older root");
        X509Certificate crossSigned = older.crossSign(ROOT);

        CertificateChain chain = CertificateChain.of(
                LEAF, List.of(older.certificate(), LOWER.certificate(), crossSigned, UPPER.certificate()));

        assertEquals(List.of(LOWER.certificate(), UPPER.certificate(), crossSigned), chain.intermediates());
        assertEquals(Optional.of(older.certificate()), chain.root());
        assertDoesNotThrow(() -> chain.verify(TestCa.WITHIN));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void takesTheVariantThatLastsLongest(int seed) {
        X509Certificate longer = ROOT.crossSign(UPPER, TestCa.UNTIL.plusSeconds(1));
        List<X509Certificate> authorities = new ArrayList<>(List.of(
                longer,
                UPPER.certificate(),
                LOWER.certificate(),
                ROOT.certificate(),
                ROOT.crossSign(UPPER, TestCa.UNTIL.minusSeconds(1))));
        Collections.shuffle(authorities, new Random(seed));

        assertEquals(
                List.of(LOWER.certificate(), longer),
                CertificateChain.of(LEAF, authorities).intermediates());
    }

    @Test
    void endsWhereTwoAuthoritiesSignEachOther() {
        TestCa other = TestCa.root("Other");
        X509Certificate rootByOther = other.crossSign(ROOT);
        X509Certificate otherByRoot = ROOT.crossSign(other);

        CertificateChain chain =
                CertificateChain.of(LEAF, List.of(rootByOther, otherByRoot, UPPER.certificate(), LOWER.certificate()));

        assertEquals(
                List.of(LOWER.certificate(), UPPER.certificate(), rootByOther, otherByRoot), chain.intermediates());
        assertEquals(Optional.empty(), chain.root());
    }

    @Test
    void trustsTheTopmostIntermediateWhereTheRootIsUnknown() {
        CertificateChain chain = CertificateChain.of(LEAF, List.of(UPPER.certificate(), LOWER.certificate()));

        assertEquals(INTERMEDIATES, chain.intermediates());
        assertEquals(Optional.empty(), chain.rootPem());
        assertDoesNotThrow(() -> chain.verify(TestCa.WITHIN));
    }

    @Test
    void writesLeafChainFullchainAndRoot() {
        CertificateChain chain =
                CertificateChain.of(LEAF, List.of(ROOT.certificate(), UPPER.certificate(), LOWER.certificate()));

        assertEquals(List.of(LEAF), Pem.certificates(chain.leafPem()));
        assertEquals(INTERMEDIATES, Pem.certificates(chain.chainPem()));
        assertEquals(List.of(LEAF, LOWER.certificate(), UPPER.certificate()), Pem.certificates(chain.fullchainPem()));
        assertEquals(
                List.of(ROOT.certificate()), Pem.certificates(chain.rootPem().orElseThrow()));
    }

    @Test
    void hasNoIntermediatesWhereTheRootSignedTheLeaf() {
        CertificateChain chain = CertificateChain.of(ROOT.leaf(KEY, "example.com"), List.of(ROOT.certificate()));

        assertEquals(List.of(), chain.intermediates());
        assertEquals("", chain.chainPem());
        assertEquals(chain.leafPem(), chain.fullchainPem());
        assertDoesNotThrow(() -> chain.verify(TestCa.WITHIN));
    }

    @Test
    void acceptsTheCertificatesOfTheProcessPageInTheirTimeOnly() {
        CertificateChain chain =
                CertificateChain.of(ProcessPage.leaf(), List.of(ProcessPage.root(), ProcessPage.intermediate()));

        assertEquals(List.of(ProcessPage.intermediate()), chain.intermediates());
        assertEquals(Optional.of(ProcessPage.root()), chain.root());
        assertDoesNotThrow(() -> chain.verify(ProcessPage.WITHIN));
        assertRefused(
                "The certificate CN=mitsslzertifikat.de expired at 2019-12-12T12:00:00Z, and the time is 2026-",
                chain,
                Instant.parse("2026-11-24T00:00:00Z"));
    }

    @Test
    void refusesALeafThatNoAuthoritySigned() {
        X509Certificate forged = TestCa.root("Root").intermediate("Lower").leaf(KEY, "example.com");

        for (List<X509Certificate> authorities : List.of(List.<X509Certificate>of(), INTERMEDIATES)) {
            assertRefused(
                    "The chain of CN=example.com is incomplete: the certificate of its issuer CN=Lower is not among",
                    CertificateChain.of(forged, authorities),
                    TestCa.WITHIN);
        }
    }

    @Test
    void namesTheCertificateWhoseTimeHasNotCome() {
        assertRefused(
                "The certificate CN=example.com is not valid before 2026-01-01T00:00:00Z",
                CertificateChain.of(LEAF, INTERMEDIATES),
                TestCa.FROM.minusSeconds(1));
    }

    @Test
    void namesTheIntermediateThatExpiredAlsoWhereItIsTheTrustAnchor() {
        TestCa shortLived = ROOT.intermediate("Short-lived", true, TestCa.FROM, TestCa.FROM.plus(Duration.ofDays(1)));
        X509Certificate leaf = shortLived.leaf(KEY, "example.com");

        for (List<X509Certificate> authorities :
                List.of(List.of(shortLived.certificate()), List.of(shortLived.certificate(), ROOT.certificate()))) {
            assertRefused(
                    "The certificate CN=Short-lived expired at 2026-01-02T00:00:00Z",
                    CertificateChain.of(leaf, authorities),
                    TestCa.WITHIN);
        }
    }

    @Test
    void namesTheIssuerThatIsNoAuthority() {
        TestCa notACa = ROOT.intermediate("Not a CA", false, TestCa.FROM, TestCa.UNTIL);
        X509Certificate leaf = notACa.leaf(KEY, "example.com");

        assertRefused(
                "The certificate CN=Not a CA is not valid in the chain of CN=example.com: basic constraints check failed",
                CertificateChain.of(leaf, List.of(notACa.certificate(), ROOT.certificate())),
                TestCa.WITHIN);
        assertRefused(
                "The certificate CN=Not a CA is that of no authority and cannot vouch for others",
                CertificateChain.of(leaf, List.of(notACa.certificate())),
                TestCa.WITHIN);
    }

    private static void assertRefused(String expected, CertificateChain chain, Instant at) {
        PkiException refusal = assertThrows(PkiException.class, () -> chain.verify(at));
        assertTrue(refusal.getMessage().startsWith(expected), refusal.getMessage());
    }
}
