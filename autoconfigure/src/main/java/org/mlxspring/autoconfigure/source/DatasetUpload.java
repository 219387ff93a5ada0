package org.mlxspring.autoconfigure.source;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.engine.data.Split;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.util.WebUtils;

/**
 * The parts of a request: the name of the dataset first, then the files {@code train}, {@code valid} and {@code test}.
 * They are read as they arrive, unless the container has taken them apart already.
 */
final class DatasetUpload {

    private static final Map<String, Split> FILES = files();
    private static final int LONGEST_NAME = 1_000;

    private final HttpServletRequest request;

    DatasetUpload(HttpServletRequest request) {
        this.request = request;
    }

    private static Map<String, Split> files() {
        Map<String, Split> files = new LinkedHashMap<>();
        for (Split split : Split.values()) {
            files.put(split.label(), split);
        }
        return files;
    }

    /** @param name of the dataset; empty where the request has none */
    record Content(Optional<String> name, Iterator<UploadRequest.Part> files) {}

    Content open() throws IOException {
        MultipartHttpServletRequest taken = WebUtils.getNativeRequest(request, MultipartHttpServletRequest.class);
        if (taken != null) {
            return new Content(Optional.ofNullable(taken.getParameter("name")), files(taken));
        }
        Optional<String> asked = Optional.ofNullable(request.getQueryString())
                .flatMap(query -> Optional.ofNullable(request.getParameter("name")));
        try {
            FileItemInputIterator items = new JakartaServletFileUpload<>().getItemIterator(new BodyContext(request));
            if (asked.isPresent() || !items.hasNext()) {
                return new Content(asked, new Files(items, Optional.empty()));
            }
            FileItemInput first = items.next();
            return first.getFieldName().equals("name")
                    ? new Content(Optional.of(text(first)), new Files(items, Optional.empty()))
                    : new Content(Optional.empty(), new Files(items, Optional.of(first)));
        } catch (FileUploadException e) {
            throw broken();
        }
    }

    private static String text(FileItemInput item) throws IOException {
        return new String(item.getInputStream().readNBytes(LONGEST_NAME), StandardCharsets.UTF_8);
    }

    private static Iterator<UploadRequest.Part> files(MultipartHttpServletRequest taken) throws IOException {
        List<UploadRequest.Part> parts = new ArrayList<>();
        for (String field : FILES.keySet()) {
            MultipartFile file = taken.getFile(field);
            if (file != null) {
                part(field, file.getInputStream()).ifPresent(parts::add);
            }
        }
        return parts.iterator();
    }

    /**
     * The rows of a file; those of the training file are drawn for the splits that have none. A form sends a file that
     * nobody chose as an empty one, so an empty {@code valid} or {@code test} is none; of an empty {@code train} the
     * import says what is wrong.
     */
    private static Optional<UploadRequest.Part> part(String field, InputStream body) throws IOException {
        Split split = FILES.get(field);
        PushbackInputStream bytes = new PushbackInputStream(body);
        int first = bytes.read();
        if (first >= 0) {
            bytes.unread(first);
        } else if (split != Split.TRAIN) {
            return Optional.empty();
        }
        return Optional.of(new UploadRequest.Part(
                split.fileName(),
                "application/x-ndjson",
                split == Split.TRAIN ? Optional.empty() : Optional.of(split),
                bytes));
    }

    private static ProblemException broken() {
        return ProblemException.invalid(
                "Broken upload",
                "The request is no multipart/form-data, or it ended early; its parts are name, train, valid and test.",
                Map.of());
    }

    /** The files that arrive, each to be read before the next one. */
    private static final class Files implements Iterator<UploadRequest.Part> {

        private final FileItemInputIterator items;
        private Optional<FileItemInput> first;
        private Optional<UploadRequest.Part> ahead = Optional.empty();

        /** @param first what came before the other items, where it was no name */
        Files(FileItemInputIterator items, Optional<FileItemInput> first) {
            this.items = items;
            this.first = first;
        }

        @Override
        public boolean hasNext() {
            try {
                while (ahead.isEmpty() && (first.isPresent() || items.hasNext())) {
                    FileItemInput item = first.isPresent() ? first.get() : items.next();
                    first = Optional.empty();
                    if (FILES.containsKey(item.getFieldName())) {
                        ahead = part(item.getFieldName(), item.getInputStream());
                    }
                }
                return ahead.isPresent();
            } catch (FileUploadException e) {
                throw broken();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public UploadRequest.Part next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            UploadRequest.Part part = ahead.orElseThrow();
            ahead = Optional.empty();
            return part;
        }
    }
}
