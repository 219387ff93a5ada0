package org.mlxspring.autoconfigure.database;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import jakarta.persistence.EntityManagerFactory;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.jpa.repository.support.JpaRepositoryFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Our schema, entity manager, repositories and transactions on the host's DataSource.
 *
 * <p>The parts are held here and are no beans of their own: an {@code EntityManagerFactory}, {@code Flyway} or
 * transaction manager bean of ours would take the place of the host's.
 */
public class MlxDatabase implements DisposableBean {

    static final String ENTITIES = "org.mlxspring.autoconfigure";

    private final Vendor vendor;
    private final DataSource dataSource;
    private final EntityManagerFactory entityManagers;
    private final JpaTransactionManager transactionManager;
    private final TransactionOperations transactions;
    private final JpaRepositoryFactory repositories;

    MlxDatabase(DataSource hosts) {
        DataSource own = new OwnConnections(hosts);
        vendor = Vendor.of(own);
        migrate(own, vendor);
        entityManagers = entityManagers(own);
        transactionManager = new JpaTransactionManager(entityManagers);
        transactionManager.setDataSource(own);
        transactionManager.afterPropertiesSet();
        transactions = new TransactionTemplate(transactionManager);
        repositories = new JpaRepositoryFactory(SharedEntityManagerCreator.createSharedEntityManager(entityManagers));
        repositories.addRepositoryProxyPostProcessor(
                (proxy, repository) -> proxy.addAdvice(new OwnTransaction(transactionManager)));
        dataSource = new TransactionAwareDataSourceProxy(own);
    }

    /** The host's database; connections taken inside one of {@link #transactions()} belong to it. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** Plain SQL, inside and outside of transactions. */
    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    /** Our transactions; independent of any that the host has open on the same thread. */
    public TransactionOperations transactions() {
        return transactions;
    }

    /** What runs {@link #transactions()}, for libraries that want to begin and commit themselves. */
    public PlatformTransactionManager transactionManager() {
        return transactionManager;
    }

    /** A Spring Data repository; each call joins our transaction of its thread, or is one of its own. */
    public <T> T repository(Class<T> type) {
        return repositories.getRepository(type);
    }

    /** What db-scheduler needs to know of the database. */
    public JdbcCustomization taskTables() {
        return switch (vendor) {
            case H2 -> new DefaultJdbcCustomization(false);
            case POSTGRESQL -> new PostgreSqlJdbcCustomization(false, false);
        };
    }

    /** The next value of a sequence of ours. */
    public long next(String sequence) {
        String sql =
                switch (vendor) {
                    case H2 -> "select next value for " + sequence;
                    case POSTGRESQL -> "select nextval('" + sequence + "')";
                };
        return jdbc().sql(sql).query(Long.class).single();
    }

    @Override
    public void destroy() {
        entityManagers.close();
    }

    private static void migrate(DataSource own, Vendor vendor) {
        Flyway.configure(MlxDatabase.class.getClassLoader())
                .dataSource(own)
                .locations(vendor.scripts())
                .table("mlx_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    private static EntityManagerFactory entityManagers(DataSource own) {
        LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
        factory.setPersistenceUnitName("mlx");
        factory.setDataSource(own);
        factory.setPackagesToScan(ENTITIES);
        // Said explicitly, so that a META-INF/orm.xml of the host is not read as ours.
        factory.setMappingResources();
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        Properties properties = new Properties();
        properties.setProperty("hibernate.hbm2ddl.auto", "none");
        properties.setProperty(
                "hibernate.physical_naming_strategy", PhysicalNamingStrategySnakeCaseImpl.class.getName());
        properties.setProperty("jakarta.persistence.validation.mode", "none");
        factory.setJpaProperties(properties);
        factory.afterPropertiesSet();
        EntityManagerFactory entityManagers = factory.getObject();
        if (entityManagers == null) {
            throw new IllegalStateException("Hibernate gave no entity manager factory for the mlx tables.");
        }
        return entityManagers;
    }
}
