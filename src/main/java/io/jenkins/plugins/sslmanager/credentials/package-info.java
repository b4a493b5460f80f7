/**
 * The vault in Jenkins: where it lies, which builds find its entries as certificate credentials, and its page. Nothing here
 * writes into a store of credentials.
 */
package io.jenkins.plugins.sslmanager.credentials;
