#pragma once

/// \file
/// The bodies of `store/etcd`, for one unit of a program in separate compilation.

#include <berth/store/etcd/client.ipp>
#include <berth/store/etcd/decode.ipp>
#include <berth/store/etcd/encode.ipp>
#include <berth/store/etcd/event_source.ipp>
#include <berth/store/etcd/grpc_connection.ipp>
#include <berth/store/etcd/grpc_session.ipp>
#include <berth/store/etcd/joined.ipp>
#include <berth/store/etcd/knowledge.ipp>
#include <berth/store/etcd/merging.ipp>
#include <berth/store/etcd/message.ipp>
#include <berth/store/etcd/paging.ipp>
#include <berth/store/etcd/refusal.ipp>
#include <berth/store/etcd/state.ipp>
