package io.jenkins.plugins.sslmanager.account;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What accounts are called: each name, present or former, leads to one account. */
final class AccountNames {

    private AccountNames() {}

    /** @throws IllegalArgumentException if an account lacks its name or service, or two are called the same */
    static void requireDistinct(List<SslManagerAccount> accounts) {
        Set<String> names = new HashSet<>();
        for (SslManagerAccount account : accounts) {
            requireName(account.getName());
            if (account.getService() == null) {
                throw new IllegalArgumentException("The SSL Manager account '" + account.getName()
                        + "' has no service. Set it to one of " + Arrays.toString(Service.values()));
            }
            if (!names.add(account.getName())) {
                throw new IllegalArgumentException("There is more than one SSL Manager account '" + account.getName()
                        + "'. Give each a name of its own, since builds choose an account by name");
            }
        }
        for (SslManagerAccount account : accounts) {
            for (String former : account.everyFormerName()) {
                if (!names.add(former)) {
                    throw new IllegalArgumentException("The former name '" + former + "' of the SSL Manager account '"
                            + account.getName()
                            + "' is a name of another account, or of this one. Remove it from one of them");
                }
            }
        }
    }

    /** @throws IllegalArgumentException if there is no name, or it has blanks */
    static void requireName(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    "An SSL Manager account has no name. Give it one for builds to call it by");
        }
        if (name.matches(".*[\\s,].*")) {
            throw new IllegalArgumentException("The name of the SSL Manager account '" + name
                    + "' has blanks or commas in it. Leave them out, since lists of names are separated by them");
        }
    }

    /** @throws IllegalArgumentException if two accounts have one id */
    static void requireDistinctIds(List<SslManagerAccount> accounts) {
        Map<String, String> names = new HashMap<>();
        for (SslManagerAccount account : accounts) {
            String other = names.putIfAbsent(account.getId(), account.getName());
            if (other != null) {
                throw new IllegalArgumentException("The SSL Manager accounts '" + other + "' and '" + account.getName()
                        + "' have the same ID. Add one of them anew, since builds that wait know an account by its ID");
            }
        }
    }
}
