package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.rotation.GuessedIdentity;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationPort;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Where a fault can be planted, to see whether the simulation finds it.
 *
 * @param inboxApi around the API that the inbox uses
 * @param orderApi around the API that rotations use
 * @param lies the paths at which forcing a file or directory has no effect
 * @param hides the directories in which nothing is found
 * @param port around what a rotation asks of its build
 * @param identity how a rotation knows the jobs of its orders
 */
record Seams(
        UnaryOperator<SslManagerApi> inboxApi,
        UnaryOperator<SslManagerApi> orderApi,
        Predicate<String> lies,
        Predicate<String> hides,
        BiFunction<RotationPort, OrderBook, RotationPort> port,
        GuessedIdentity identity) {

    /** The engine as it is. */
    static final Seams UNTOUCHED =
            new Seams(api -> api, api -> api, path -> false, path -> false, (port, book) -> port, GuessedIdentity.NOT);

    Seams withInboxApi(UnaryOperator<SslManagerApi> planted) {
        return new Seams(planted, orderApi, lies, hides, port, identity);
    }

    Seams withOrderApi(UnaryOperator<SslManagerApi> planted) {
        return new Seams(inboxApi, planted, lies, hides, port, identity);
    }

    Seams withLies(Predicate<String> planted) {
        return new Seams(inboxApi, orderApi, planted, hides, port, identity);
    }

    Seams withHidden(Predicate<String> planted) {
        return new Seams(inboxApi, orderApi, lies, planted, port, identity);
    }

    Seams withPort(BiFunction<RotationPort, OrderBook, RotationPort> planted) {
        return new Seams(inboxApi, orderApi, lies, hides, planted, identity);
    }

    Seams withIdentity(GuessedIdentity planted) {
        return new Seams(inboxApi, orderApi, lies, hides, port, planted);
    }
}
