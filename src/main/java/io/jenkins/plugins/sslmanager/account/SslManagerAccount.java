package io.jenkins.plugins.sslmanager.account;

import static com.cloudbees.plugins.credentials.CredentialsMatchers.always;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.http.SecondFactor;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import io.jenkins.plugins.sslmanager.engine.orders.ServiceSystem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

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

    /** The same, one by one. */
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

    /** The service's address, null unless the service is {@link Service#OTHER}. */
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

    /** The id of a secret text in Jenkins' own store, by which one-time tokens are made; null for a user without. */
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

    /** Who may use the account, and what for; nobody if there are none. */
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

    /** Whether this is its name, or was. */
    boolean isCalled(String wanted) {
        return name.equals(wanted) || everyFormerName().contains(wanted);
    }

    /** Which SSL Manager it is at, whichever protocol it speaks. */
    String system() {
        return service == Service.SANDBOX ? "sandbox" : ServiceSystem.of(home());
    }

    /** @throws IllegalArgumentException if the account has no usable address; the message says why */
    URI address() {
        return address(getProtocol());
    }

    /**
     * One address for the service whichever the protocol, so that two accounts are known to be at the same one.
     *
     * @throws IllegalArgumentException as {@link #address()}
     */
    URI home() {
        return address(Protocol.JSON);
    }

    private URI address(Protocol spoken) {
        URI fixed = service.url(spoken);
        if (fixed != null) {
            return fixed;
        }
        if (service == Service.SANDBOX) {
            return EmbeddedSandbox.get().url(spoken);
        }
        if (url == null) {
            throw new IllegalArgumentException("The SSL Manager account '" + name
                    + "' has no URL. An administrator enters it in Manage Jenkins » System » SSL Manager");
        }
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "The URL of the SSL Manager account '" + name + "' is none: " + e.getMessage()
                            + ". An administrator corrects it in Manage Jenkins » System » SSL Manager",
                    e);
        }
    }

    /**
     * What tells this service from others, also after a restart: {@link #home}, or {@code sandbox},
     * whose port changes.
     *
     * @throws IllegalArgumentException if the account has no usable address
     */
    public String lastingAddress() {
        return service == Service.SANDBOX ? "sandbox" : home().toString();
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
     * Who asks the service.
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

    @Extension
    @Symbol("sslManagerAccount")
    public static final class DescriptorImpl extends Descriptor<SslManagerAccount> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SslManagerAccount_displayName();
        }

        @POST
        public ListBoxModel doFillServiceItems() {
            Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
            ListBoxModel items = new ListBoxModel();
            for (Service service : Service.values()) {
                items.add(service.getDisplayName(), service.name());
            }
            return items;
        }

        @POST
        public ListBoxModel doFillProtocolItems() {
            Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.Protocol_json(), Protocol.JSON.name());
            items.add(Messages.Protocol_xml(), Protocol.XML.name());
            return items;
        }

        @POST
        public ListBoxModel doFillQueuePolicyItems() {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.QueuePolicy_shared(), QueuePolicy.SHARED.name());
            items.add(Messages.QueuePolicy_exclusive(), QueuePolicy.EXCLUSIVE.name());
            return items;
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return credentials(StandardUsernamePasswordCredentials.class, credentialsId);
        }

        @POST
        public ListBoxModel doFillSecondFactorIdItems(@QueryParameter String secondFactorId) {
            return credentials(StringCredentials.class, secondFactorId);
        }

        private static ListBoxModel credentials(Class<? extends StandardCredentials> type, String current) {
            StandardListBoxModel items = new StandardListBoxModel();
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return items.includeCurrentValue(current);
            }
            return items.includeEmptyValue()
                    .includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), type, List.of(), always())
                    .includeCurrentValue(current);
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                requireName(value.trim());
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        @POST
        public FormValidation doCheckContext(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FormValidation.validatePositiveInteger(value);
        }

        @POST
        public FormValidation doCheckCredentialsId(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FormValidation.validateRequired(value);
        }

        @POST
        public FormValidation doCheckUrl(@QueryParameter Service service, @QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            if (service != Service.OTHER) {
                return FormValidation.ok();
            }
            try {
                new ServiceAccount(URI.create(Util.fixNull(value).trim()), "any user", "any password", 1);
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        /** Asks the service something harmless with what the form holds, so that one knows before saving. */
        @POST
        public FormValidation doTestConnection(
                @QueryParameter String name,
                @QueryParameter Service service,
                @QueryParameter Protocol protocol,
                @QueryParameter String url,
                @QueryParameter String context,
                @QueryParameter String credentialsId,
                @QueryParameter String secondFactorId) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            boolean isNumber = FormValidation.validateNonNegativeInteger(context).kind == FormValidation.Kind.OK;
            SslManagerAccount account =
                    new SslManagerAccount(name, service, isNumber ? Integer.parseInt(context) : 0, credentialsId);
            account.setProtocol(protocol);
            account.setUrl(url);
            account.setSecondFactorId(secondFactorId);
            try {
                return ConnectionCheck.of(
                        account.getProtocol(), account.with(account.credentials(), account.secondFactor()));
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
