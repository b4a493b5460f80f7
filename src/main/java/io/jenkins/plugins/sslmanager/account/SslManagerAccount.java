package io.jenkins.plugins.sslmanager.account;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Describable;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.http.SecondFactor;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** An account at the SSL Manager, set up by an administrator. Builds name it; they cannot point it elsewhere. */
public final class SslManagerAccount implements Describable<SslManagerAccount> {

    private final String name;
    private final Service service;
    private final int context;
    private final String credentialsId;

    /** Null until {@link SslManagerConfiguration} has given it one. */
    @CheckForNull
    private String id;

    @CheckForNull
    private String formerNames;

    /** Null in a configuration from before there were grants. */
    @CheckForNull
    private volatile List<Grant> grants = new ArrayList<>();

    @CheckForNull
    private String url;

    /** Null in a configuration from before there was a choice. */
    @CheckForNull
    private Protocol protocol = Protocol.JSON;

    @CheckForNull
    private String secondFactorId;

    private QueuePolicy queuePolicy = QueuePolicy.SHARED;

    private int renewalLimit;

    /**
     * @param context the number that the service knows the user's realm by; there is no default, since a wrong one is told
     *     only as a wrong password
     * @param credentialsId of a user name with password in Jenkins' own store
     */
    @DataBoundConstructor
    public SslManagerAccount(String name, Service service, int context, @CheckForNull String credentialsId) {
        this.name = Util.fixNull(name).trim();
        this.service = service;
        this.context = context;
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public String getName() {
        return name;
    }

    /**
     * What stays the same over renames: builds that wait, orders and grants know the account by it. Null in a form only.
     */
    @CheckForNull
    public String getId() {
        return id;
    }

    void setId(@CheckForNull String id) {
        this.id = id;
    }

    /** The names that it had before, separated by commas; null for none. Builds may still call it by them. */
    @CheckForNull
    public String getFormerNames() {
        return formerNames;
    }

    @DataBoundSetter
    public void setFormerNames(@CheckForNull String formerNames) {
        List<String> names = names(Util.fixNull(formerNames));
        this.formerNames = names.isEmpty() ? null : String.join(", ", names);
    }

    private static List<String> names(String text) {
        return Arrays.stream(text.split("[,\\s]+"))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    /** Returns the same, one by one. */
    List<String> everyFormerName() {
        return names(Util.fixNull(formerNames));
    }

    public Service getService() {
        return service;
    }

    public int getContext() {
        return context;
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    /** Returns the service's address, null unless the service is {@link Service#OTHER}. */
    @CheckForNull
    public String getUrl() {
        return url;
    }

    @DataBoundSetter
    public void setUrl(@CheckForNull String url) {
        this.url = service == Service.OTHER ? Util.fixEmptyAndTrim(url) : null;
    }

    /** What is spoken with the service; builds see no difference. */
    public Protocol getProtocol() {
        return protocol == null ? Protocol.JSON : protocol;
    }

    @DataBoundSetter
    public void setProtocol(@CheckForNull Protocol protocol) {
        this.protocol = protocol;
    }

    /** Returns the id of a secret text in Jenkins' own store, by which one-time tokens are made; null for a user without. */
    @CheckForNull
    public String getSecondFactorId() {
        return secondFactorId;
    }

    @DataBoundSetter
    public void setSecondFactorId(@CheckForNull String secondFactorId) {
        this.secondFactorId = Util.fixEmptyAndTrim(secondFactorId);
    }

    /** What happens to notifications of others. */
    public QueuePolicy getQueuePolicy() {
        return queuePolicy;
    }

    @DataBoundSetter
    public void setQueuePolicy(QueuePolicy queuePolicy) {
        this.queuePolicy = queuePolicy;
    }

    /** How many renewals, which are billed, it orders in 30 days; 0 for none. */
    public int getRenewalLimit() {
        return renewalLimit;
    }

    @DataBoundSetter
    public void setRenewalLimit(int renewalLimit) {
        this.renewalLimit = Math.max(0, renewalLimit);
    }

    /** Tells who may use the account, and what for. Without a grant nobody may. */
    public List<Grant> getGrants() {
        List<Grant> rows = grants;
        return rows == null ? List.of() : List.copyOf(rows);
    }

    @DataBoundSetter
    public void setGrants(@CheckForNull List<Grant> grants) {
        this.grants = new ArrayList<>(Util.fixNull(grants));
    }

    /** @throws IllegalArgumentException if a row says nothing, or more than it seems to */
    void checkGrants() {
        int number = 0;
        for (Grant row : getGrants()) {
            number++;
            try {
                row.check();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "Grant " + number + " of the SSL Manager account '" + name + "': " + e.getMessage(), e);
            }
        }
    }

    /** Tells whether this is its name, or was. */
    boolean isCalled(String wanted) {
        return name.equals(wanted) || everyFormerName().contains(wanted);
    }

    public ServiceAddress serviceAddress() {
        return new ServiceAddress(name, service, url);
    }

    /** @throws IllegalArgumentException if the account has no usable address; the message says why */
    URI address() {
        return serviceAddress().of(getProtocol());
    }

    /** @throws IllegalArgumentException if the account has no credentials that can be used */
    StandardUsernamePasswordCredentials credentials() {
        return AccountCredentials.user(name, credentialsId, address());
    }

    /** @throws IllegalArgumentException if the secret that is chosen is missing */
    @CheckForNull
    StringCredentials secondFactor() {
        return AccountCredentials.secondFactor(name, secondFactorId);
    }

    /**
     * Tells who asks the service.
     *
     * @param user the account's own, or one of a build
     */
    ServiceAccount with(StandardUsernamePasswordCredentials user, @CheckForNull StringCredentials secondFactor) {
        return new ServiceAccount(
                address(),
                user.getUsername(),
                user.getPassword().getPlainText(),
                context,
                secondFactor == null
                        ? null
                        : new SecondFactor(secondFactor.getSecret().getPlainText()));
    }
}
