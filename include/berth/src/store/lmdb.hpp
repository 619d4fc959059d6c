#pragma once

/// \file
/// The bodies of `store/lmdb`, for one unit of a program in separate compilation.

#include <berth/store/lmdb/backup.ipp>
#include <berth/store/lmdb/directory.ipp>
#include <berth/store/lmdb/file.ipp>
#include <berth/store/lmdb/page_check.ipp>
