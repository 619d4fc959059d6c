#pragma once

/// \file
/// The bodies of all areas, for one unit of a program in separate compilation. Parts that need a further
/// library are asked for by name:
/// <berth/src/core/net.hpp>
/// <berth/src/core/credentials.hpp>
/// <berth/src/store/lmdb.hpp>
/// <berth/src/store/etcd.hpp>
/// <berth/src/api/remote.hpp>
/// <berth/src/api/http.hpp>
/// <berth/src/bench.hpp>

#include <berth/src/api.hpp>
#include <berth/src/core.hpp>
#include <berth/src/kube.hpp>
#include <berth/src/node.hpp>
#include <berth/src/object.hpp>
#include <berth/src/reconcile.hpp>
#include <berth/src/schedule.hpp>
#include <berth/src/sim.hpp>
#include <berth/src/store.hpp>
