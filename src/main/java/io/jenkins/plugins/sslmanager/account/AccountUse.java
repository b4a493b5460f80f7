package io.jenkins.plugins.sslmanager.account;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Item;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * Tells which jobs use which account, as far as builds have shown. An administrator sees it before an account is deleted, and
 * after. A job that has never run with an account is not told.
 */
public interface AccountUse extends ExtensionPoint {

    /**
     * That a job has used an account.
     *
     * @param account its lasting id; its name in records from before accounts had ids
     * @param job the full name
     */
    record Use(String account, String job) {}

    Stream<Use> uses();

    /** Returns the jobs that the viewer may see, each once, in the order of their names. */
    static Stream<String> jobs(Predicate<Optional<SslManagerAccount>> account) {
        SslManagerConfiguration configuration = SslManagerConfiguration.get();
        return ExtensionList.lookup(AccountUse.class).stream()
                .flatMap(AccountUse::uses)
                .filter(use -> account.test(configuration.lookUp(use.account())))
                .map(Use::job)
                .distinct()
                .filter(job -> Jenkins.get().getItemByFullName(job, Item.class) != null)
                .sorted();
    }
}
