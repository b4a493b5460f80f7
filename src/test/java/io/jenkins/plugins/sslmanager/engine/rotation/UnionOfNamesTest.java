package io.jenkins.plugins.sslmanager.engine.rotation;

import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.run;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * For any certificate, any part of its names that the service lists and any part of them in a CSR, a rotation orders and checks
 * exactly the union. The cases are drawn by a seed, which the failure names.
 */
class UnionOfNamesTest {

    private static final int CASES = 40;
    private static final int MOST_NAMES = 30;

    private static final List<String> PARENTS =
            List.of("example.com", "Example.ORG", "shop.example.net", "bücher.example", "xn--mller-kva.example");

    private static final List<String> LABELS =
            List.of("www.", "", "*.", "WWW.", "a1.", "grün.", "api-v2.", "xn--grn-hoa.");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aRotationOrdersAndChecksExactlyTheUnion(Protocol protocol) {
        RotationFixture fixture = new RotationFixture(folder, protocol);
        for (int seed = 1; seed <= CASES; seed++) {
            rotate(fixture, new Random(seed), "seed " + seed);
        }
    }

    private static void rotate(RotationFixture fixture, Random random, String seed) {
        List<String> names = names(random);
        String name = names.get(0);
        long id = fixture.sandbox.addCertificate(
                name, AuthMethod.DNS, names.subList(1, names.size()).toArray(String[]::new));
        fixture.pass(RotationFixture.UNTIL_DUE);
        Set<String> listed = part(names, random);
        fixture.connection.treat(
                Task.CERTIFICATE_INFO, FaultyConnection.certificate(each -> Listed.only(each, listed::contains)));

        RunOfJob run = fixture.rotate(id, run("release", (int) id), ownCsrOrNone(names, random));

        assertEquals(Kind.ROTATED, run.toTheEnd().kind(), seed);
        assertEquals(
                CertificateNames.set(names),
                new HashSet<>(
                        Certificates.dnsNames(run.delivered().get(0).chain().leaf())),
                seed);
        assertEquals(
                new TreeSet<>(CertificateNames.set(names)),
                new TreeSet<>(fixture.endedOrder().request().names()),
                seed);
    }

    private static List<String> names(Random random) {
        List<String> names = new ArrayList<>();
        int count = 1 + random.nextInt(MOST_NAMES);
        while (names.size() < count) {
            String name = LABELS.get(random.nextInt(LABELS.size())) + PARENTS.get(random.nextInt(PARENTS.size()));
            names.add(random.nextInt(5) == 0 ? name.toUpperCase(Locale.ROOT) : name);
        }
        return names;
    }

    private static Set<String> part(List<String> names, Random random) {
        Set<String> part = new HashSet<>();
        names.stream().filter(name -> random.nextBoolean()).forEach(part::add);
        return part;
    }

    private static UnaryOperator<RotationSettings> ownCsrOrNone(List<String> names, Random random) {
        if (random.nextBoolean()) {
            return settings -> settings;
        }
        String name = CertificateNames.ascii(names.get(0));
        List<String> some = List.copyOf(CertificateNames.set(part(names, random)));
        return settings -> RotationFixture.with(
                settings, CertificateSigningRequest.create(KeyAlgorithm.EC_P256.generate(), name, some));
    }
}
