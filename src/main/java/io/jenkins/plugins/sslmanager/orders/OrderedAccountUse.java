package io.jenkins.plugins.sslmanager.orders;

import hudson.Extension;
import io.jenkins.plugins.sslmanager.account.AccountUse;
import java.util.stream.Stream;

/** The accounts of open orders: no build can go on with one whose account is gone. */
@Extension
public final class OrderedAccountUse implements AccountUse {

    @Override
    public Stream<Use> uses() {
        return BookState.open().stream()
                .filter(order -> order.owner().job() != null)
                .map(order -> new Use(order.account(), order.owner().job()));
    }
}
