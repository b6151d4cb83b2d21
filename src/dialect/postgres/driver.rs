//! The driver with a runtime of its own: asks the server and waits for the answer.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_postgres::error::DbError as Notice;
use tokio_postgres::{AsyncMessage, Client, Config, Error, SimpleQueryMessage};

use super::pooler;
use super::tls::Tls;

/// How long a farewell may take.
const FAREWELL: Duration = Duration::from_secs(1);
/// How long the word to stop a statement may take.
const CANCEL: Duration = Duration::from_secs(10);

/// Why there is no connection.
#[derive(Debug)]
pub(super) enum Failure {
    /// What the driver says.
    Driver(Error),
    /// It took too long.
    Timeout(Duration),
    /// The machine gives no runtime.
    Machine(std::io::Error),
}

/// What the task of a connection leaves for others.
#[derive(Default)]
struct Left {
    notices: Vec<Notice>,
    /// Why the connection ended.
    end: Option<Error>,
}

/// One session of a server.
pub(super) struct Driver {
    // In this order they are dropped: when the client is gone, the connection says farewell.
    client: Client,
    connection: Connection,
    left: Arc<Mutex<Left>>,
    tls: Tls,
}

/// The other end of the client: moves what is sent and received.
struct Connection {
    runtime: Runtime,
    task: Option<JoinHandle<()>>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(task) = self.task.take() {
            // A server that does not listen any more is left without it.
            let _ = self.runtime.block_on(async { timeout(FAREWELL, task).await });
        }
    }
}

/// Opens a session, whose messages are moved by a task of the runtime at hand.
async fn open(
    config: &Config,
    tls: Tls,
    patience: Option<Duration>,
    left: Arc<Mutex<Left>>,
) -> Result<(Client, JoinHandle<()>), Failure> {
    let connecting = config.connect(tls);
    let (client, mut connection) = match patience {
        None => connecting.await.map_err(Failure::Driver)?,
        Some(patience) => match timeout(patience, connecting).await {
            Ok(outcome) => outcome.map_err(Failure::Driver)?,
            Err(_) => return Err(Failure::Timeout(patience)),
        },
    };
    let task = tokio::spawn(async move {
        while let Some(message) = poll_fn(|cx| connection.poll_message(cx)).await {
            let mut left = left.lock().unwrap_or_else(PoisonError::into_inner);
            match message {
                Ok(AsyncMessage::Notice(notice)) => left.notices.push(notice),
                Ok(_) => {}
                Err(error) => {
                    left.end = Some(error);
                    return;
                }
            }
        }
    });
    Ok((client, task))
}

impl Driver {
    /// Opens a session.
    ///
    /// # Errors
    /// Why the server cannot be reached, or refuses.
    pub(super) fn open(
        config: &Config,
        tls: Tls,
        patience: Option<Duration>,
    ) -> Result<Driver, Failure> {
        let runtime =
            Builder::new_current_thread().enable_all().build().map_err(Failure::Machine)?;
        let left = Arc::default();
        let opening = open(config, tls.clone(), patience, Arc::clone(&left));
        let (client, task) = runtime.block_on(opening)?;
        Ok(Driver { client, connection: Connection { runtime, task: Some(task) }, left, tls })
    }

    /// Runs statements and throws their rows away.
    ///
    /// # Errors
    /// Whatever the server says.
    pub(super) fn execute(&self, sql: &str) -> Result<(), Error> {
        self.connection.runtime.block_on(self.client.batch_execute(sql))
    }

    /// The same, while others are at work beside it, until it is done.
    pub(super) fn execute_beside(
        &self,
        sql: &str,
        mut others: Vec<Pin<Box<dyn Future<Output = ()>>>>,
    ) -> Result<(), Error> {
        self.connection.runtime.block_on(async {
            let mut work = pin!(self.client.batch_execute(sql));
            poll_fn(|cx| {
                others.retain_mut(|it| it.as_mut().poll(cx).is_pending());
                work.as_mut().poll(cx)
            })
            .await
        })
    }

    /// Runs statements and gives their rows.
    ///
    /// # Errors
    /// Whatever the server says.
    pub(super) fn query(&self, sql: &str) -> Result<Vec<SimpleQueryMessage>, Error> {
        self.connection.runtime.block_on(self.client.simple_query(sql))
    }

    /// What the server has said beside its answers, once.
    pub(super) fn notices(&self) -> Vec<Notice> {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut left.notices)
    }

    /// Why the connection ended, once; `None` when it did not, or says no more.
    pub(super) fn end(&self) -> Option<Error> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner).end.take()
    }

    /// Whether the connection has ended.
    pub(super) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// What stops the statement that runs, from any thread.
    pub(super) fn stop(&self) -> impl Fn() + Send + Sync + 'static {
        let (token, tls) = (self.client.cancel_token(), self.tls.clone());
        move || {
            if let Ok(runtime) = Builder::new_current_thread().enable_all().build() {
                // Nobody is there whom it could be told: the statement then goes on.
                let _ = runtime
                    .block_on(async { timeout(CANCEL, token.cancel_query(tls.clone())).await });
            }
        }
    }

    /// The same, within the runtime of this session.
    pub(super) fn stopping(&self) -> impl Future<Output = ()> + 'static {
        let (token, tls) = (self.client.cancel_token(), self.tls.clone());
        async move {
            let _ = timeout(CANCEL, token.cancel_query(tls)).await;
        }
    }

    /// The number of the server's process, as whoever answered at the beginning has told it. A
    /// pooler tells another one than the server does.
    pub(super) fn told_process(&self) -> Option<i32> {
        self.connection.runtime.block_on(pooler::told_process(&self.client.cancel_token()))
    }
}

/// One more session within the runtime of another one, for what is asked beside a statement.
pub(super) struct Beside(Client);

impl Beside {
    /// Opens a session, as long as the runtime at hand lasts.
    pub(super) async fn open(
        config: &Config,
        tls: Tls,
        patience: Option<Duration>,
    ) -> Option<Beside> {
        open(config, tls, patience, Arc::default()).await.ok().map(|(client, _)| Beside(client))
    }

    /// The rows of a query; `None` when the server does not give them.
    pub(super) async fn query(&self, sql: &str) -> Option<Vec<SimpleQueryMessage>> {
        self.0.simple_query(sql).await.ok()
    }
}
