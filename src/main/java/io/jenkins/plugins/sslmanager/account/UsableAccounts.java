package io.jenkins.plugins.sslmanager.account;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import io.jenkins.plugins.sslmanager.account.grants.Applicant;
import java.util.List;
import java.util.stream.Stream;

/** The accounts that a job may use, each for whatever certificate. A job learns nothing of the others. */
public final class UsableAccounts {

    private UsableAccounts() {}

    /** Their names. */
    public static List<String> of(Item job) {
        return usable(Applicant.of(job)).map(SslManagerAccount::getName).toList();
    }

    private static Stream<SslManagerAccount> usable(Applicant applicant) {
        return SslManagerConfiguration.get().getAccounts().stream()
                .filter(account -> CountedRows.isUsable(account, applicant));
    }

    /**
     * Returns the account that a step or a trigger of a job names.
     *
     * @param name one that it has or had; null for the only account that the job may use
     * @return its id
     * @throws IllegalArgumentException if there is no such account that the job may use
     */
    public static String idFor(Item job, @CheckForNull String name) {
        if (SslManagerConfiguration.get().getAccounts().isEmpty()) {
            throw new IllegalArgumentException(
                    (name == null ? "No account is named" : "There is no SSL Manager account '" + name + "'")
                            + ", and none is set up. An administrator adds it in Manage Jenkins » System » SSL Manager");
        }
        Applicant applicant = Applicant.of(job);
        List<SslManagerAccount> usable = usable(applicant).toList();
        return usable.stream()
                .filter(account -> name == null ? usable.size() == 1 : account.isCalled(name))
                .findFirst()
                .orElseThrow(() -> refusal(applicant, name, usable))
                .getId();
    }

    private static IllegalArgumentException refusal(
            Applicant applicant, @CheckForNull String name, List<SslManagerAccount> usable) {
        SslManagerConfiguration.get().getAccounts().stream()
                .filter(account -> name == null ? usable.isEmpty() : account.isCalled(name))
                .forEach(account -> Refusals.get().add(account, applicant, null));
        if (usable.isEmpty()) {
            return new GrantRefusal(
                    name == null
                            ? "This job may not use an SSL Manager account."
                            : "There is no SSL Manager account '" + name + "' that this job may use.");
        }
        return new IllegalArgumentException((name == null
                        ? "No account is named"
                        : "There is no SSL Manager account '" + name + "' that this job may use")
                + ". Set 'account' to one of "
                + usable.stream().map(account -> "'" + account.getName() + "'").toList());
    }
}
