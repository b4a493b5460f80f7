package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.ForwardingApi;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The account's API with the credentials of the moment, for work that takes days: a password that is changed at the service
 * and in Jenkins costs no build anything.
 */
public final class CurrentApi extends ForwardingApi {

    private final Supplier<SslManagerApi> access;

    /** @param access asked before each request; fails with IllegalArgumentException if there are no credentials */
    public CurrentApi(Supplier<SslManagerApi> access) {
        this.access = access;
    }

    @Override
    protected <T> CompletableFuture<T> call(Task task, Function<SslManagerApi, CompletableFuture<T>> request) {
        try {
            return request.apply(access.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
