package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import java.util.function.UnaryOperator;

/**
 * Where a fault can be planted, to see whether the simulation finds it.
 *
 * @param inboxApi around the API that the inbox uses
 * @param orderApi around the API that orders are placed with
 * @param diskForces whether forcing a file or directory has an effect
 */
record Seams(UnaryOperator<SslManagerApi> inboxApi, UnaryOperator<SslManagerApi> orderApi, boolean diskForces) {

    /** The engine as it is. */
    static final Seams UNTOUCHED = new Seams(api -> api, api -> api, true);
}
