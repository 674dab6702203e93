package org.sightmill.pipeline.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** Lists the Parquet files of a folder with their sizes and, from their footers, their rows. */
final class DataFiles {
  private DataFiles() {}

  static List<DataFile> list(Path folder, Configuration hadoop) {
    try {
      FileSystem fileSystem = folder.getFileSystem(hadoop);
      String base = fileSystem.makeQualified(folder).toUri().getPath();
      List<DataFile> files = new ArrayList<>();
      for (FileStatus file : FolderTree.files(fileSystem, folder)) {
        if (file.getPath().getName().endsWith(".parquet")) {
          String relative = file.getPath().toUri().getPath().substring(base.length() + 1);
          files.add(new DataFile(relative, file.getLen(), rows(file.getPath(), hadoop)));
        }
      }
      files.sort(Comparator.comparing(DataFile::path));
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the data files in " + folder, e);
    }
  }

  private static long rows(Path file, Configuration hadoop) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, hadoop))) {
      return reader.getRecordCount();
    }
  }
}
