package io.jenkins.plugins.sslmanager.engine.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.ForwardingApi;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCalls;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The service's own answer decides which certificate a name means; what is known of it is a hint. */
class NamedCertificatesTest {

    private static final String NAME = "www.example.com";

    private final Sandbox sandbox = Sandbox.builder().rateLimit(false).build();
    private final List<Long> hints = new ArrayList<>();
    private final Map<Long, Long> numbers = new HashMap<>();
    private final Set<Long> secret = new HashSet<>();
    private final Set<Long> told = new HashSet<>();
    private final List<Task> asked = new ArrayList<>();

    private long number(Protocol protocol, String reference) {
        SslManagerApi service = new SandboxCalls(sandbox, protocol).api();
        SslManagerApi api = new ForwardingApi() {
            @Override
            protected <T> CompletableFuture<T> call(Task task, Function<SslManagerApi, CompletableFuture<T>> request) {
                asked.add(task);
                return request.apply(service);
            }
        };
        CertificateKnowledge knowledge = new CertificateKnowledge() {
            @Override
            public Collection<Long> numbersOf(String name) {
                return hints;
            }

            @Override
            public long current(long number) {
                return numbers.getOrDefault(number, number);
            }

            @Override
            public boolean isReadable(String name, long number) {
                return !secret.contains(number);
            }

            @Override
            public void refused(String name, long number) {
                told.add(number);
            }
        };
        return new NamedCertificates(api, knowledge)
                .number(CertificateReference.parse(reference))
                .join();
    }

    private String refused(Protocol protocol) {
        Throwable failure = assertThrows(CompletionException.class, () -> number(protocol, NAME))
                .getCause();
        assertTrue(failure instanceof IllegalArgumentException, failure::toString);
        return failure.getMessage();
    }

    @ParameterizedTest
    @EnumSource
    void numberIsTakenAsItIs(Protocol protocol) {
        assertEquals(4711, number(protocol, " 4711 "));
        assertEquals(List.of(), asked);
    }

    @ParameterizedTest
    @EnumSource
    void hintThatIsRightSparesTheList(Protocol protocol) {
        long id = sandbox.addCertificate(NAME, AuthMethod.DNS);
        hints.add(id);
        assertEquals(id, number(protocol, "WWW.Example.com."));
        assertEquals(List.of(Task.CERTIFICATE_INFO), asked);
    }

    @ParameterizedTest
    @EnumSource
    void hintIsFollowedToThePresentNumber(Protocol protocol) {
        long id = sandbox.addCertificate(NAME, AuthMethod.DNS);
        hints.addAll(List.of(1L, id));
        numbers.put(1L, id);
        assertEquals(id, number(protocol, NAME));
        assertEquals(List.of(Task.CERTIFICATE_INFO), asked);
    }

    @ParameterizedTest
    @EnumSource
    void hintAtAnotherCertificateOrAtNoneIsNotBelieved(Protocol protocol) {
        long id = sandbox.addCertificate(NAME, AuthMethod.DNS);
        hints.add(sandbox.addCertificate("shop.example.com", AuthMethod.DNS));
        assertEquals(id, number(protocol, NAME));
        hints.set(0, 4711L);
        assertEquals(id, number(protocol, NAME));
    }

    @ParameterizedTest
    @EnumSource
    void twoOfOneNameAreListedUnlessOnlyOneMayBeTold(Protocol protocol) {
        long first = sandbox.addCertificate(NAME, AuthMethod.DNS);
        long second = sandbox.addCertificate(NAME, AuthMethod.DNS);
        assertEquals(
                "There are 2 certificates 'www.example.com': " + first + ", " + second
                        + ". Give the number of the one that is meant",
                refused(protocol));
        secret.add(first);
        assertEquals(second, number(protocol, NAME));
        assertEquals(Set.of(), told);
        secret.add(second);
        assertTrue(refused(protocol).startsWith("There is no certificate 'www.example.com' that may be used here."));
        assertEquals(Set.of(first, second), told);
    }

    @ParameterizedTest
    @EnumSource
    void formerNumberOfACertificateIsNoSecondOne(Protocol protocol) {
        long former = sandbox.addCertificate(NAME, AuthMethod.DNS);
        long present = sandbox.addCertificate(NAME, AuthMethod.DNS);
        numbers.put(former, present);
        assertEquals(present, number(protocol, NAME));
    }

    @ParameterizedTest
    @EnumSource
    void troubleOfTheMomentIsNoReasonToDoubtAHint(Protocol protocol) {
        hints.add(sandbox.addCertificate("unavailable.example.com", AuthMethod.DNS));
        assertThrows(CompletionException.class, () -> number(protocol, "unavailable.example.com"));
        assertEquals(List.of(Task.CERTIFICATE_INFO), asked);
    }
}
