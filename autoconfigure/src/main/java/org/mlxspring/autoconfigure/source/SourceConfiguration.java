package org.mlxspring.autoconfigure.source;

import java.util.Map;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.batch.BatchEngine;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.DatasetProperties;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.mlxspring.autoconfigure.dataset.ErasableStore;
import org.mlxspring.autoconfigure.dataset.RowIntake;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.encryption.SealedTable;
import org.mlxspring.autoconfigure.home.MlxHome;
import org.mlxspring.autoconfigure.model.Models;
import org.mlxspring.autoconfigure.redaction.Redaction;
import org.mlxspring.autoconfigure.redaction.RedactionProperties;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the sources and imports, what takes imports from the queue, and their controllers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ImportProperties.class, SourcesProperties.class})
public class SourceConfiguration {

    /** The sources of the properties and the application, checked once for all who need them. */
    record Checked(Map<String, NamedSource> sources) {}

    /** What imports are kept in, shared by those who start them and those who work on them. */
    record Store(ImportTable imports, RefusedRows refused, Watermarks watermarks, ImportQueue queue, Spool spool) {}

    @Bean
    SealedTable mlxSealedRefusedRows() {
        return new SealedTable("mlx_refused_rows", Map.of("content", RefusedRows.USE));
    }

    @Bean
    Checked mlxCheckedSources(
            ListableBeanFactory beans,
            ImportProperties imports,
            SourcesProperties properties,
            ObjectProvider<DatasetSource> hosts) {
        return new Checked(new SourceCheck(beans, imports)
                .check(properties.sources(), hosts.orderedStream().toList()));
    }

    @Bean
    Store mlxImportStore(MlxDatabase database, MlxHome home, DatasetProperties properties) {
        ImportTable imports = new ImportTable(database.jdbc());
        return new Store(
                imports,
                new RefusedRows(database),
                new Watermarks(database.jdbc()),
                new ImportQueue(database, imports),
                new Spool(home.folder(), properties.maxUpload().toBytes(), id -> imports.view(id)
                        .filter(view -> !view.state().over())
                        .isPresent()));
    }

    @Bean
    ImportHistory mlxImportHistory(MlxDatabase database, Store store, BatchEngine batch) {
        return new ImportHistory(database, store.refused(), batch);
    }

    @Bean
    ErasableStore mlxErasableRefusedRows(MlxDatabase database) {
        return new ErasableRefusedRows(database);
    }

    @Bean
    ErasableStore mlxErasableUploads(MlxDatabase database, Store store) {
        return new ErasableUploads(database, store.spool());
    }

    @Bean
    ImportScheduler mlxImportScheduler(
            MlxDatabase database,
            BatchEngine batch,
            RowIntake intakes,
            Keyring keyring,
            AuditLog audit,
            Redaction redaction,
            Store store,
            Checked checked,
            ImportProperties properties,
            Datasets datasets,
            RedactionProperties redactionProperties) {
        ImportWork work = new ImportWork(
                database,
                intakes,
                keyring,
                audit,
                store.imports(),
                store.refused(),
                store.watermarks(),
                new SourceOpening(
                        checked.sources(),
                        store.spool(),
                        ZipLimits.ofUpload(store.spool().limit())),
                new ImportRedaction(redaction, redactionProperties.keepOriginal()),
                store.spool(),
                new ImportJob(batch, database),
                datasets::settle);
        return new ImportScheduler(
                database, new ImportExecution(store.imports(), store.queue(), work, batch), properties, store.spool());
    }

    @Bean
    Sources mlxSources(Store store, Checked checked) {
        return new Sources(checked.sources(), store.imports(), store.watermarks());
    }

    @Bean
    Imports mlxImports(
            RowIntake intakes,
            Keyring keyring,
            Store store,
            Sources sources,
            ImportProperties properties,
            ImportScheduler scheduler) {
        return new Imports(
                intakes,
                new Uploads(intakes, keyring, store.spool(), properties.skipLimit()),
                sources,
                store.imports(),
                store.watermarks(),
                store.queue(),
                scheduler::wake);
    }

    @Bean
    Refusals mlxRefusals(Imports imports, Store store, Keyring keyring, AuditLog audit) {
        return new Refusals(imports, store.refused(), keyring, audit);
    }

    /** The controllers. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = Type.SERVLET)
    static class Web {

        @Bean
        ImportController mlxImportController(Imports imports, Refusals refusals, Sources sources) {
            return new ImportController(imports, refusals, sources);
        }

        @Bean
        DatasetUploadController mlxDatasetUploadController(Imports imports, Refusals refusals, Datasets datasets) {
            return new DatasetUploadController(imports, refusals, datasets);
        }

        @Bean
        NewRowController mlxNewRowController(Imports imports, Refusals refusals) {
            return new NewRowController(imports, refusals);
        }

        @Bean
        PreviewController mlxPreviewController(Models models, Redaction redaction, DatasetProperties properties) {
            return new PreviewController(
                    models,
                    new UploadPreview(
                            redaction, ZipLimits.ofUpload(properties.maxUpload().toBytes())));
        }

        /** Where the dispatcher servlet has a path of its own, the container takes uploads with several parts apart. */
        @Bean
        @ConditionalOnBean(DispatcherServletRegistrationBean.class)
        ServletRegistrationBean<UploadServlet> mlxUploadServlet(DispatcherServletRegistrationBean dispatcher) {
            ServletRegistrationBean<UploadServlet> upload =
                    new ServletRegistrationBean<>(new UploadServlet(dispatcher.getServletName()), UploadServlet.PATH);
            upload.setName("mlxUpload");
            upload.setEnabled(dispatcher.getPath().equals("/"));
            return upload;
        }

        @Bean
        SourceController mlxSourceController(Sources sources) {
            return new SourceController(sources);
        }
    }
}
