package io.jenkins.plugins.sslmanager.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.http.HttpAnswer;
import io.jenkins.plugins.sslmanager.engine.http.HttpCall;
import io.jenkins.plugins.sslmanager.engine.http.Priority;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.rotation.CurrentApi;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several use an account at the same time, each for a purpose of its own. */
class ApisOfOneAccountTest {

    private static final ServiceAccount ACCOUNT =
            new ServiceAccount(URI.create("https://localhost"), "release-bot", "secret", 4);
    private static final int NO_ROUTE = 404;

    private final List<HttpCall> calls = new ArrayList<>();

    private Function<UnaryOperator<HttpCall>, SslManagerApi> apis(Protocol protocol) {
        return protocol.apis(ACCOUNT, call -> {
            calls.add(call);
            return CompletableFuture.completedFuture(new HttpAnswer(NO_ROUTE, "text/html", new byte[0]));
        });
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void whoeverIsPatientAsksAfterAllOthersAndForTheSameBuild(Protocol protocol) {
        SslManagerApi build = apis(protocol).apply(call -> call.withOrigin("release #7"));
        SslManagerApi current = new CurrentApi(() -> build);
        current.certificateInfo(1);
        current.patient().certificateInfo(1);
        assertEquals(
                List.of(Priority.WAIT, Priority.LOOK),
                calls.stream().map(HttpCall::priority).toList());
        assertEquals(
                List.of("release #7", "release #7"),
                calls.stream().map(HttpCall::origin).toList());
    }

    /** Both routes of PrepareOrder are tried once, whichever build is the first. */
    @Test
    void aRouteThatTheServiceDoesNotHaveIsAskedForOnce() {
        Function<UnaryOperator<HttpCall>, SslManagerApi> apis = Protocol.JSON.apis(ACCOUNT, call -> {
            calls.add(call);
            boolean older = call.path().equals("/certificate/prepareOrder");
            return CompletableFuture.completedFuture(new HttpAnswer(older ? 200 : NO_ROUTE, "text/html", new byte[0]));
        });
        for (String build : List.of("release #7", "release #8")) {
            apis.apply(call -> call.withOrigin(build)).prepareOrder(CertificateData.request("csr", "BASIC_SSL"));
        }
        assertEquals(
                List.of("/certificate/_prepareOrder", "/certificate/prepareOrder", "/certificate/prepareOrder"),
                calls.stream().map(HttpCall::path).toList());
    }
}
