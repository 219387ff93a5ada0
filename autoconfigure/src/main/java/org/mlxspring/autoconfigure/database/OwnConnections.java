package org.mlxspring.autoconfigure.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The host's DataSource under another identity.
 *
 * <p>Spring binds the connection of a transaction to its DataSource object. With an object of our own, our transactions
 * never meet those of the host, even when the host calls us inside one.
 */
final class OwnConnections extends DelegatingDataSource {

    OwnConnections(DataSource hosts) {
        super(hosts);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return committing(super.getConnection());
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return committing(super.getConnection(username, password));
    }

    /** A pool may hand out connections that do not commit by themselves; outside of a transaction ours must. */
    private static Connection committing(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.setAutoCommit(true);
        }
        return connection;
    }
}
