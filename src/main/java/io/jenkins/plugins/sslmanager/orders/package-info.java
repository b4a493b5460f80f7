/**
 * The order book in Jenkins: where it lies, what seals it, which builds work on its orders, and its page. What an order is and
 * how it goes on is the engine's.
 */
package io.jenkins.plugins.sslmanager.orders;
