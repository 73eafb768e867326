// How the embedded PostgreSQL is set: nothing acknowledged is lost, nothing a person wrote reaches its log, and it stays small.

export type Settings = Record<string, string>

export const settings: Settings = {
  // Only this machine, only over TCP: no socket file that others could get at, and no limit on the length of the folder's name.
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  cluster_name: 'oplive',

  // An acknowledged answer is on the disk.
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  // A crash never replays more than this, so it is back within seconds.
  max_wal_size: '256MB',
  // Each checkpoint makes the next change of each page cost a whole page of WAL; with few checkpoints a hall's answers are small writes.
  checkpoint_timeout: '15min',

  // Small: one municipality, few cores.
  shared_buffers: '64MB',
  jit: 'off',
  io_method: 'sync',
  max_logical_replication_workers: '0',

  // The log tells of the server, never of what people wrote. Errors of statements carry values in their message and their
  // detail, so they are left to the program that asked; `session.ts` keeps them out for every session.
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_min_duration_sample: '-1',
  log_min_error_statement: 'panic',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
  log_connections: 'off',
  log_disconnections: 'off',
  log_checkpoints: 'off',
  log_destination: 'stderr',
  logging_collector: 'off',

  timezone: 'UTC',
  log_timezone: 'UTC',
  // A statement of a program that was killed does not keep its locks until it ends. (macOS cannot look.)
  ...(process.platform === 'linux' ? { client_connection_check_interval: '2s' } : {}),
}
