package io.jenkins.plugins.sslmanager.engine.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.ForwardingApi;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a list leaves out is asked for; a certificate may vanish between the two. */
class CompletedRowsTest {

    private final Sandbox sandbox = Sandbox.builder().rateLimit(false).build();
    private final long first = sandbox.addCertificate("first.example.com", AuthMethod.DNS);
    private final long second = sandbox.addCertificate("second.example.com", AuthMethod.DNS);
    private final List<Task> asked = new ArrayList<>();

    /** Notes what is asked. */
    private SslManagerApi api(Protocol protocol) {
        SslManagerApi service = new SandboxCalls(sandbox, protocol).api();
        return new ForwardingApi() {
            @Override
            protected <T> CompletableFuture<T> call(Task task, Function<SslManagerApi, CompletableFuture<T>> request) {
                asked.add(task);
                return request.apply(service);
            }
        };
    }

    private static List<Long> complete(SslManagerApi api, List<Certificate> rows) {
        List<Certificate> complete = CompletedRows.of(api, rows).join();
        complete.forEach(row -> assertTrue(row.expire() != null && row.product() != null, row::toString));
        return complete.stream().map(Certificate::id).sorted().toList();
    }

    @ParameterizedTest
    @EnumSource
    void wholeRowsAreNotAskedFor(Protocol protocol) {
        SslManagerApi api = api(protocol);
        assertEquals(
                List.of(first, second), complete(api, CertificateList.all(api).join()));
        assertEquals(List.of(Task.CERTIFICATE_SEARCH, Task.CERTIFICATE_SEARCH), asked);
    }

    @ParameterizedTest
    @EnumSource
    void whatTheListLeavesOutIsAskedFor(Protocol protocol) {
        sandbox.listBriefly();
        SslManagerApi api = api(protocol);
        assertEquals(
                List.of(first, second), complete(api, CertificateList.all(api).join()));
    }

    @ParameterizedTest
    @EnumSource
    void certificateThatHasVanishedIsLeftOut(Protocol protocol) {
        sandbox.listBriefly();
        SslManagerApi api = api(protocol);
        List<Certificate> rows = CertificateList.all(api).join();
        sandbox.removeCertificate(first);
        assertEquals(List.of(second), complete(api, rows));
    }

    @ParameterizedTest
    @EnumSource
    void certificateThatIsRefusedAndStillListedIsAFailure(Protocol protocol) {
        sandbox.listBriefly();
        SslManagerApi service = api(protocol);
        List<Certificate> rows = CertificateList.all(service).join();
        SslManagerApi refusing = new ForwardingApi() {
            @Override
            protected <T> CompletableFuture<T> call(Task task, Function<SslManagerApi, CompletableFuture<T>> request) {
                return request.apply(service);
            }

            @Override
            public CompletableFuture<Certificate> certificateInfo(long certificateId) {
                return super.certificateInfo(certificateId == first ? 4711 : certificateId);
            }
        };
        Throwable failure = assertThrows(CompletionException.class, () -> complete(refusing, rows))
                .getCause();
        assertTrue(failure instanceof ApiException, failure::toString);
    }
}
