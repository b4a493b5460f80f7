/**
 * The records of the certificates that builds have handled, the pages and files made of them, and the monitor of what runs out.
 * They are for looking at: nothing here asks the service, and no build depends on them. How a build tells of a certificate is in
 * {@code delivery}.
 */
package io.jenkins.plugins.sslmanager.certificates;
