package org.mlxspring.autoconfigure.dataset;

import jakarta.servlet.MultipartConfigElement;
import java.util.Map;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.encryption.Keyring;
import org.mlxspring.autoconfigure.encryption.SealedTable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the datasets and their controller. */
@Configuration(proxyBeanMethods = false)
public class DatasetConfiguration {

    @Bean
    SealedTable mlxSealedRows() {
        return new SealedTable("mlx_rows", Map.of("content", RowSecrets.CONTENT, "original", RowSecrets.ORIGINAL));
    }

    @Bean
    RowIntake mlxRowIntake(MlxDatabase database, Keyring keyring, DatasetProperties properties) {
        return new RowIntake(database, keyring, properties);
    }

    @Bean
    DatasetRows mlxDatasetRows(MlxDatabase database, Keyring keyring) {
        return new DatasetRows(database, keyring);
    }

    @Bean
    Datasets mlxDatasets(MlxDatabase database, RowIntake intake, DatasetRows rows, ObjectProvider<VersionGate> gates) {
        return new Datasets(database, intake, rows, gates);
    }

    @Bean
    @ConditionalOnWebApplication(type = Type.SERVLET)
    DatasetController mlxDatasetController(Datasets datasets) {
        return new DatasetController(datasets);
    }

    /** Where the dispatcher servlet has a path of its own, the application's limits of uploads apply. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = Type.SERVLET)
    static class Uploads {

        @Bean
        @ConditionalOnBean(DispatcherServletRegistrationBean.class)
        ServletRegistrationBean<UploadServlet> mlxUploadServlet(
                DispatcherServletRegistrationBean dispatcher, DatasetProperties properties) {
            boolean atRoot = dispatcher.getPath().equals("/");
            long limit = properties.maxUpload().toBytes();
            ServletRegistrationBean<UploadServlet> upload =
                    new ServletRegistrationBean<>(new UploadServlet(dispatcher.getServletName()), UploadServlet.PATH);
            upload.setName("mlxUpload");
            upload.setMultipartConfig(new MultipartConfigElement("", limit, limit, 0));
            upload.setEnabled(atRoot);
            return upload;
        }
    }
}
